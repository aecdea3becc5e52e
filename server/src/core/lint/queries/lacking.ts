import type { ContainerSpec, SpecChange } from "../../container/spec";
import { missing } from "../../plan/missing";
import { isPlan } from "../../plan/plan";
import type { RequirementId } from "../../plan/types";
import type { ContainerSubject } from "../../project/subject";

/** The plan's steps that `spec` still needs to meet these requirements; none if there is no plan. */
export function lacking(
  { plan, source }: ContainerSubject,
  ids: readonly RequirementId[],
  spec: ContainerSpec = source.spec,
): SpecChange[] {
  if (!isPlan(plan)) return [];
  return plan.requirements
    .filter(({ id }) => ids.includes(id))
    .flatMap((requirement) => missing(spec, requirement, plan.image.volumes));
}

/**
 * The container without the options that allow it to mount: privileges, SYS_ADMIN, unconfined profiles. A fix that
 * removes one of them, or that can be combined with such a fix, adds the mounts that the container would then lack.
 */
export function unprivileged(spec: ContainerSpec): ContainerSpec {
  const { privileged: _, ...rest } = spec;
  return {
    ...rest,
    capabilities: spec.capabilities.filter((name) => name !== "SYS_ADMIN" && name !== "ALL"),
    securityOptions: spec.securityOptions.filter(
      (option) => !/^(apparmor|seccomp|systempaths)[=:]unconfined$/.test(option),
    ),
  };
}

/** The mounts that a container without privileges lacks; /tmp only if a unit of the image could mount it. */
export function lackingMounts(subject: ContainerSubject, spec: ContainerSpec): SpecChange[] {
  const { plan } = subject;
  const ids: RequirementId[] = ["tmpfs-run", "tmpfs-run-lock"];
  if (isPlan(plan) && plan.image.tmpMount !== false) ids.push("tmpfs-tmp");
  return lacking(subject, ids, spec);
}
