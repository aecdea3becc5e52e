import type { ContainerSpec, SpecChange } from "../../container/spec";
import { missing, servesWithheld } from "../../plan/missing";
import { unmetNeeds } from "../../plan/needs";
import type { Need } from "../../plan/types";
import type { ContainerSubject } from "../../project/subject";
import { canonicalPath, isCgroupRoot } from "../../systemd/paths";
import { belowCgroupRoot } from "../queries/cgroup-tree";
import { onCgroupV1 } from "../queries/engine";
import { addTitle, stepsFix } from "../queries/fixes";
import { maskEdits, takeoverOf } from "../queries/host-takeover";
import { toDisplay } from "../queries/run-file";
import { type Fix, type Planned, plannedContainerRule, type SayOf, type Violation } from "../rule";

const messages = {
  found: "{units} cannot work without {what}, which the engine does not grant by default.",
  privileged: "{reason}",
  data: "{unit} needs a volume on {directory}: overlayfs does not work on the container's layers, so the service falls back to slow copies.",
} as const;

const fixes = {
  grant: "Make the container privileged, with {what}",
  bare: "Make the container privileged",
  masked: "{fix}, and mask gettys and udev in the image",
} as const;

type Say = SayOf<typeof messages & typeof fixes>;

export const runCapabilityMissing = plannedContainerRule({
  id: "run-capability-missing",
  title: "Add the capabilities that services need",
  severity: "warning",
  why: `
    A container has only the engine's short list of capabilities and no host devices. systemd and most services do
    not need more, but a service that sets the clock, writes packet filter rules or opens a tunnel does. Add the
    capability or device that it needs. This grants far less than privileged mode.

    Services that run containers need more: a privileged container, or a runtime made for this purpose (Sysbox).
    Privileged mode works best with a private cgroup namespace and without a bind mount of \`/sys/fs/cgroup\`, because
    the engine's own mount is then writable. The inner engine also needs a volume for its layers. Mask gettys and
    udev in such an image (see run-privileged).
  `,
  consequence: "Services that need a capability fail or are silently skipped (ConditionCapability=).",
  symptoms: ["degraded"],
  ignore:
    "If the service can work without the capability (chronyd with `-x`, a firewall without rules), you can disable this rule.",
  evidence: {
    measured:
      "Docker 28.5 and Podman 5.8, cgroup v2, systemd 252: the services below fail or are skipped without the options " +
      "of the launch plan, and work with them. On Docker 28.5, Debian 12's docker.service fails even with the plan. " +
      "The needs of other services are taken from capabilities(7), their units and Docker's docker-in-docker image.",
  },
  messages,
  fixes,
  *check(subject, say) {
    const { source, plan } = subject;
    const workloads = plan.requirements.filter(({ id }) => id === "workload");
    const lacks = workloads.filter((requirement) => missing(source.spec, requirement).length > 0);
    const needs = unmetNeeds(plan.image.needs, plan.facts);
    if (lacks.length > 0) {
      const units = needs
        .filter(({ reason }) => lacks.some((requirement) => requirement.reason === reason))
        .map(({ unit }) => unit);
      const steps = lacks.flatMap((requirement) => missing(source.spec, requirement));
      yield {
        span: source.nameSpan,
        message: say("found", { units: units.join(", "), what: toDisplay(source, steps) }),
        fixes: () => [stepsFix(source, steps, addTitle(source, steps), false)],
      };
    }
    for (const need of needs) if (need.withheld && need.privileged) yield* privileges(subject, need, say);
  },
});

/**
 * Reports privileges that a plan does not grant, unless the container has them. If it has them but lacks a volume,
 * reports that.
 */
function* privileges(subject: Planned<ContainerSubject>, need: Need, say: Say): Generator<Violation, void> {
  const { source } = subject;
  const { unit, directory, reason } = need;
  const volume = directory === undefined ? [] : dataVolume(subject, directory);
  if (!servesWithheld(source.spec, need)) {
    const steps = [...privileged(subject, need), ...volume];
    const shown = steps.filter(
      (step) => step.do === "add" || (step.do === "set" && step.key !== "privileged"),
    );
    const title = shown.length > 0 ? say("grant", { what: toDisplay(source, shown) }) : say("bare");
    yield {
      span: source.nameSpan,
      message: say("privileged", { reason }),
      fixes: [withMask(subject, stepsFix(source, steps, title, false), say)],
    };
  } else if (directory !== undefined && volume.length > 0 && mounts(source.spec)) {
    yield {
      span: source.nameSpan,
      severity: "information",
      message: say("data", { unit, directory }),
      fixes: [stepsFix(source, volume, addTitle(source, volume), false)],
    };
  }
}

/** Adds masks for the units that take over the host's terminals and devices in a privileged container. */
function withMask(subject: ContainerSubject, fix: Fix | undefined, say: Say): Fix | undefined {
  const { terminals, devices } = takeoverOf(subject);
  const mask = terminals || devices ? maskEdits(subject) : [];
  if (!fix || mask.length === 0) return fix;
  const masked = (one: Fix): Fix => ({
    ...one,
    title: say("masked", { fix: one.title }),
    edits: [...one.edits, ...mask],
  });
  return { ...masked(fix), ...(fix.shared && { shared: masked(fix.shared) }) };
}

/**
 * Whether a nested engine is meant to run. Sysbox stores the layers itself; a client of an outer engine has no
 * layers.
 */
function mounts({ privileged, capabilities }: ContainerSpec): boolean {
  return privileged === true || capabilities.includes("SYS_ADMIN");
}

/**
 * Makes the container privileged. If it runs a nested engine, it gets the outer engine's mount of the cgroup tree in
 * a private namespace.
 */
function privileged(subject: ContainerSubject, { directory }: Need): SpecChange[] {
  const { spec } = subject.source;
  const grant: SpecChange = { do: "set", key: "privileged", value: true };
  if (directory === undefined) return [grant];
  const binds = spec.mounts.filter((mount) => isCgroupRoot(mount.target) || belowCgroupRoot(mount));
  const shared =
    spec.cgroupNamespace === "host" || (spec.cgroupNamespace === undefined && onCgroupV1(subject));
  return [
    grant,
    ...binds.map((value): SpecChange => ({ do: "drop", key: "mounts", value })),
    ...(shared ? [{ do: "set", key: "cgroupNamespace", value: "private" } as const] : []),
  ];
}

/** A volume for the layers of the nested engine, unless something is mounted there or on a parent directory. */
function dataVolume({ source: { spec }, image }: ContainerSubject, directory: string): SpecChange[] {
  const mounted = [
    ...spec.mounts.map(({ target }) => target),
    ...spec.tmpfs.map(({ path }) => path),
    ...(image?.image.volumes ?? []).map(({ value }) => value),
  ];
  if (
    mounted.some(
      (path) => `${directory}/`.startsWith(`${canonicalPath(path)}/`) || path.startsWith(`${directory}/`),
    )
  )
    return [];
  return [{ do: "add", key: "mounts", value: { type: "volume", target: directory, readOnly: false } }];
}
