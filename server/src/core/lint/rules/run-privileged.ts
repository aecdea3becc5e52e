import { type Argument, type Message, message } from "../../base/message";
import type { SpecChange } from "../../container/spec";
import { unmetNeeds } from "../../plan/needs";
import type { ContainerSubject } from "../../project/subject";
import { isCgroupRoot } from "../../systemd/paths";
import { cgroupRecipes } from "../queries/cgroup-fixes";
import { onCgroupV1 } from "../queries/engine";
import { stepsFix } from "../queries/fixes";
import { maskHostUnits, type Takeover, takeoverOf } from "../queries/host-takeover";
import { lacking, lackingMounts, unprivileged } from "../queries/lacking";
import { seesMountNeed } from "../queries/mount-needs";
import { placeOf, toDisplay } from "../queries/run-file";
import { baseOf } from "../queries/run-image";
import { type Fix, type Planned, plannedContainerRule, type SayOf, type Severity } from "../rule";

const messages = {
  unneeded:
    "Nothing here is seen to need a privileged container, which hands the host's devices and kernel to it{taken}: systemd boots with {what}.",
  maybe:
    "A privileged container hands the host's devices and kernel to it{taken}. systemd itself boots with {what}; add what your services need.",
  enough:
    "A privileged container hands the host's devices and kernel to it{taken}. systemd boots without: what it needs is here already. Add what your services need.",
  old: "A privileged container hands the host's devices and kernel to it{taken}. {image} boots only on hosts with cgroup v1, and there with {what}; add what your services need.",
  terminals:
    "In this privileged container gettys take the host's terminals: the host loses its screen, and two such containers use 100 % CPU. Mask them in the image.",
} as const;

const fixes = {
  fix: "Replace {from} by {what}",
  remove: "Remove {from}",
  mask: "Mask gettys and udev in the image",
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

    Two such containers fight for the same terminal, and their gettys use all of a CPU. A desktop session on
    it ends. systemd-sysctl changes settings of the host's kernel, and units that wait for a device time out
    after 90 s where no udev runs. Where a service needs a privileged container, mask gettys and udev in the
    image: to disable or delete getty@tty1.service is not enough, since logind starts it again.

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
    const { source } = subject;
    if (source.spec.privileged !== true) return;
    const taken = takeoverOf(subject);
    const span = placeOf(source, { key: "privileged" });
    const mask = taken.terminals || taken.devices ? maskFix(subject, say) : undefined;
    if (!seesMountNeed(subject)) {
      const { message, severity, sets } = replaceable(subject, taken, say);
      yield {
        span,
        severity: taken.terminals ? "warning" : severity,
        message,
        fixes: [...sets.map((steps) => replacement(subject, steps, say)), mask],
      };
    } else if (taken.terminals) {
      yield { span, severity: "warning", message: say("terminals"), fixes: [mask] };
    }
  },
});

/** What is said where nothing is seen to need the privileges, and what takes their place. */
function replaceable(
  subject: Planned<ContainerSubject>,
  { terminals, devices }: Takeover,
  say: Say,
): { message: Message; severity: Severity; sets: SpecChange[][] } {
  const { source, plan, target } = subject;
  const known =
    baseOf(subject) !== undefined && subject.image && unmetNeeds(plan.image.needs, plan.facts).length === 0;
  const sets = leastPrivileges(subject);
  const what = toDisplay(source, added(sets[0] ?? []));
  const onlyOld = onCgroupV1(subject) && target?.cgroupVersion === undefined;
  const image = onlyOld ? baseOf(subject)?.name : undefined;
  const name = image !== undefined ? "old" : known ? "unneeded" : "maybe";
  const taken = takenFrom(terminals, devices);
  return {
    sets,
    severity: known && image === undefined ? "warning" : "information",
    message: what === "" ? say("enough", { taken }) : say(name, { what, image: image ?? "", taken }),
  };
}

/** What a privileged systemd takes from the host, as the end of a sentence. */
function takenFrom(terminals: boolean, devices: boolean): Argument {
  const fight = " (gettys take its terminals, and two such containers use 100 % CPU)";
  const both = " (gettys take its terminals and udev its devices, and two such containers use 100 % CPU)";
  if (terminals) return message("taken.terminals", devices ? both : fight);
  return devices ? message("taken.devices", " (udev manages its devices)") : "";
}

/** An edit of the Dockerfile that the service builds. */
function maskFix({ image }: ContainerSubject, say: Say): Fix | undefined {
  const { uri } = image ?? {};
  if (!image || uri === undefined) return undefined;
  const edits = image.image.edit.insert(maskHostUnits, "before-program").map((edit) => ({ ...edit, uri }));
  return edits.length > 0 ? { title: say("mask"), safe: false, edits } : undefined;
}

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
