import type { SpecChange } from "../../container/spec";
import { unmetNeeds } from "../../plan/needs";
import type { ContainerSubject } from "../../project/subject";
import { isCgroupRoot } from "../../systemd/paths";
import { cgroupRecipes } from "../queries/cgroup-fixes";
import { onCgroupV1 } from "../queries/engine";
import { stepsFix } from "../queries/fixes";
import { lacking, lackingMounts, unprivileged } from "../queries/lacking";
import { seesMountNeed } from "../queries/mount-needs";
import { placeOf, toDisplay } from "../queries/run-file";
import { baseOf } from "../queries/run-image";
import { type Fix, plannedContainerRule, type SayOf } from "../rule";

const messages = {
  unneeded:
    "Nothing here is seen to need a privileged container, which hands the host's devices and kernel to it: systemd boots with {what}.",
  maybe:
    "A privileged container hands the host's devices and kernel to it. systemd itself boots with {what}; add what your services need.",
  enough:
    "A privileged container hands the host's devices and kernel to it. systemd boots without: what it needs is here already. Add what your services need.",
  old: "A privileged container hands the host's devices and kernel to it. {image} boots only on hosts with cgroup v1, and there with {what}; add what your services need.",
} as const;

const fixes = {
  fix: "Replace {from} by {what}",
  remove: "Remove {from}",
} as const;

type Say = SayOf<typeof messages & typeof fixes>;

export const runPrivileged = plannedContainerRule({
  id: "run-privileged",
  title: "systemd does not need a privileged container",
  severity: "information",
  why: `
    \`--privileged\` is the oldest advice for systemd in a container, and it gives far more than is needed: every
    capability, every device of the host, a writable \`/sys\`, no seccomp, no AppArmor. In it systemd believes
    itself on a machine. udev starts to manage the host's devices, gettys take the host's terminals, and root
    in the container is root on the host.

    What systemd needs is a cgroup tree it can write to and file systems on \`/run\` and \`/run/lock\`. What a
    service needs beside that is a capability or a device, and can be named.
  `,
  consequence: "It boots, and whoever is root in the container can take over the host.",
  symptoms: ["host-access"],
  ignore: "A service needs it: containers in the container, loop devices, kernel modules.",
  evidence: {
    sourced:
      "Docker documentation, runtime privilege; what boots without it was measured (see run-cgroup-writable)",
    why: "a privileged systemd gets at the devices and kernel settings of the machine, so the lab boots none.",
  },
  messages,
  fixes,
  *check(subject, say) {
    const { source, plan, target } = subject;
    if (source.spec.privileged !== true || seesMountNeed(subject)) return;
    const known =
      baseOf(subject) !== undefined && subject.image && unmetNeeds(plan.image.needs, plan.facts).length === 0;
    const sets = leastPrivileges(subject);
    const what = toDisplay(source, added(sets[0] ?? []));
    const onlyOld = onCgroupV1(subject) && target?.cgroupVersion === undefined;
    const image = onlyOld ? baseOf(subject)?.name : undefined;
    const name = image !== undefined ? "old" : known ? "unneeded" : "maybe";
    yield {
      span: placeOf(source, { key: "privileged" }),
      severity: known && image === undefined ? "warning" : "information",
      message: what === "" ? say("enough") : say(name, { what, image: image ?? "" }),
      fixes: sets.map((steps) => replacement(subject, steps, say)),
    };
  },
});

/** What takes the place of the privileges, one list for each way to the cgroup tree. */
function leastPrivileges(subject: ContainerSubject): SpecChange[][] {
  const spec = unprivileged(subject.source.spec);
  const rest = [...lackingMounts(subject, spec), ...lacking(subject, ["workload"], spec)];
  const [first, ...others] = cgroupRecipes({ ...subject, source: { ...subject.source, spec } });
  // A tree that is writable stays as it is, unless less is known to do, or it is not to last (a read-only bind).
  const fading = spec.mounts.some(
    (mount) => isCgroupRoot(mount.target) && mount.readOnly && mount.recursive !== "writable",
  );
  const enough = !fading && lacking(subject, ["cgroup-writable"], spec).length === 0;
  if (!first || (enough && first.host)) return [rest];
  // Where less is known to do, the host's tree is no alternative.
  const ways = first.host ? [first, ...others] : [first];
  return ways.map(({ steps }) => [...steps, ...rest]);
}

function added(steps: readonly SpecChange[]): SpecChange[] {
  return steps.filter((step) => step.do === "add" || step.do === "set");
}

/** Never safe: what the services of the image do with the privileges cannot all be seen. */
function replacement({ source }: ContainerSubject, steps: readonly SpecChange[], say: Say): Fix | undefined {
  const what = added(steps);
  const from = source.toDisplay({ do: "set", key: "privileged", value: true });
  const title =
    what.length > 0 ? say("fix", { from, what: toDisplay(source, what) }) : say("remove", { from });
  return stepsFix(source, [{ do: "unset", key: "privileged" }, ...steps], title, false);
}
