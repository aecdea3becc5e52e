import type { Span } from "../../base/text";
import type { RunPlace, RunSource } from "../../container/source";
import type { Run, RunStep } from "../../container/spec";
import type { BaseImage } from "../../image/base-image";
import { baseImage } from "../../image/base-images";
import { missing } from "../../plan/missing";
import type { RequirementId } from "../../plan/types";
import type { RunSubject } from "../../project/subject";
import { canonicalPath, cgroupPath } from "../../systemd/paths";
import { isRightSignal } from "../../systemd/signal";

/** What is known of the image that a run starts: by the end of its Dockerfile's chain, else by its name. */
export function baseOf({ image, source: { run } }: RunSubject): BaseImage | undefined {
  if (image) return image.image.base;
  return run.image === undefined ? undefined : baseImage(run.image);
}

/** Where a value stands, or the run's name when it comes from elsewhere. */
export function placeOf(source: RunSource, place: RunPlace): Span {
  return source.at(place) ?? source.nameSpan;
}

/** The plan's steps of these requirements that are not true for `run`; none where the plan is refused. */
export function lacking(
  { plan, source }: RunSubject,
  ids: readonly RequirementId[],
  run: Run = source.run,
): RunStep[] {
  if ("refused" in plan) return [];
  return plan.requirements
    .filter(({ id }) => ids.includes(id))
    .flatMap((requirement) => missing(run, requirement, plan.image.volumes));
}

/**
 * The run without what lets it mount: privileges, SYS_ADMIN, unconfined profiles. A repair that takes one of
 * them away, or that may be applied together with one that does, adds what such a run would lack.
 */
export function unprivileged(run: Run): Run {
  const { privileged: _, ...rest } = run;
  return {
    ...rest,
    capabilities: run.capabilities.filter((name) => name !== "SYS_ADMIN" && name !== "ALL"),
    securityOptions: run.securityOptions.filter(
      (option) => !/^(apparmor|seccomp)[=:]unconfined$/.test(option),
    ),
  };
}

/** The mounts that a run without privileges lacks; /tmp only where the image may mount it by a unit. */
export function lackingMounts(subject: RunSubject, run: Run): RunStep[] {
  const { plan } = subject;
  const ids: RequirementId[] = ["tmpfs-run", "tmpfs-run-lock"];
  if (!("refused" in plan) && plan.image.tmpMount !== false) ids.push("tmpfs-tmp");
  return lacking(subject, ids, run);
}

/**
 * Says whether mounts and a name alone let systemd be guessed: then what is there may be wrong for it, but what is
 * missing is not asked for.
 */
export function isGuess({ boot, source: { run } }: RunSubject): boolean {
  return boot.evidence === "settings" && !(run.stopSignal && isRightSignal(run.stopSignal));
}

/** Says whether the host has cgroup v1: it was stated, or the image boots nowhere else. */
export function onCgroupV1({ plan, target }: RunSubject): boolean {
  return (target?.cgroupVersion ?? ("refused" in plan ? undefined : plan.facts.cgroupVersion)) === 1;
}

/** Says whether the image has VOLUME /sys/fs/cgroup; undefined when it cannot be known. */
export function hasCgroupVolume(subject: RunSubject): boolean | undefined {
  const { image } = subject;
  const base = baseOf(subject);
  const volumes = [...(image?.image.volumes ?? []).map(({ value }) => value), ...(base?.volumes ?? [])];
  if (volumes.some((volume) => canonicalPath(volume) === cgroupPath)) return true;
  return base ? false : undefined;
}

/** How the surface spells steps, for messages and titles. */
export function spell(source: RunSource, steps: readonly RunStep[]): string {
  return steps.map((step) => source.spell(step)).join(", ");
}
