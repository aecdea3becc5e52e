import { type Argument, listed, type Message, message } from "../../base/message";
import type { SpecChange } from "../../container/spec";
import { unmetNeeds } from "../../plan/needs";
import type { ContainerSubject } from "../../project/subject";
import { isCgroupRoot } from "../../systemd/paths";
import { cgroupRecipes } from "../queries/cgroup-fixes";
import { onCgroupV1 } from "../queries/engine";
import { stepsFix } from "../queries/fixes";
import { maskEdits, type Takeover, takeoverOf } from "../queries/host-takeover";
import { lacking, lackingMounts, unprivileged } from "../queries/lacking";
import { fuseSteps, seesMountNeed, seesOnlyFuse } from "../queries/mount-needs";
import { placeOf, toDisplay } from "../queries/run-file";
import { type Fix, type Planned, plannedContainerRule, type SayOf, type Severity } from "../rule";

const messages = {
  unneeded: "Privileged mode exposes the host's {exposed}. systemd needs {what}.",
  maybe:
    "Privileged mode exposes the host's {exposed}. systemd needs only {what}; add what your services need.",
  fuse: "systemd and a FUSE client do not need privileged mode, only {what}.",
  enough:
    "Privileged mode exposes the host's {exposed}. systemd boots without it; add only what your services need.",
  old: "Privileged mode exposes the host's {exposed}. {image} boots only on cgroup v1, where it does not need privileged mode.",
  terminals:
    "In this privileged container, gettys take over the host's terminals, and two such containers use 100% CPU. Mask gettys in the image.",
  waits:
    "{unit} waits 90 s for a device: in a privileged container, systemd waits for devices, but there is no udev to report them. Mask or remove the unit.",
} as const;

const fixes = {
  fix: "Replace {from} with {what}",
  remove: "Remove {from}",
  mask: "Mask gettys and udev in the image",
} as const;

type Say = SayOf<typeof messages & typeof fixes>;

export const runPrivileged = plannedContainerRule({
  id: "run-privileged",
  title: "Avoid privileged containers",
  severity: "information",
  why: `
    \`--privileged\` is the oldest advice for systemd in a container. It grants far more than systemd needs: all
    capabilities, all host devices, a writable \`/sys\`, no seccomp and no AppArmor. In a privileged container systemd
    behaves as on a host: udev manages the host's devices, gettys use the host's terminals, and root in the
    container is root on the host.

    Two such containers compete for the same terminal, and their gettys use 100% of a CPU. If a desktop session runs
    on that terminal, it ends. systemd-sysctl changes the host's kernel settings. With \`uts: host\`, hostnamectl
    changes the host's name; otherwise it changes only the container's name. systemd waits for devices only if
    \`/sys\` is writable, as in a privileged container: a serial getty, a mount unit or an /etc/fstab entry times out
    after 90 s if no udev runs in the container. If a service needs a privileged container, mask gettys and udev in
    the image. Disabling or deleting getty@tty1.service is not enough, because logind starts it again.

    systemd itself needs only a writable cgroup tree and a file system on \`/run\` and \`/run/lock\`. If a service
    needs more, add the specific capability or device.
  `,
  consequence: "The container boots, but root in the container can take over the host.",
  symptoms: ["host-access"],
  ignore:
    "If a service needs privileged mode (nested containers, loop devices, kernel modules), you can disable this rule.",
  evidence: {
    sourced:
      "Docker documentation, runtime privilege; systemd, src/core/device.c and src/fstab-generator (systemd waits for " +
      "devices unless /sys is read-only); uts_namespaces(7); boots without privileged mode were measured (see " +
      "run-cgroup-writable)",
    why: "a privileged systemd changes the host's devices and kernel settings, so none was booted.",
  },
  messages,
  fixes,
  *check(subject, say) {
    const { source } = subject;
    if (source.spec.privileged !== true) return;
    const taken = takeoverOf(subject);
    const span = placeOf(source, { key: "privileged" });
    const mask = taken.terminals || taken.devices ? maskFix(subject, say) : undefined;
    const fuse = seesOnlyFuse(subject);
    if (fuse || !seesMountNeed(subject)) {
      const { message, severity, sets } = replaceable(subject, taken, say);
      yield {
        span,
        severity: taken.terminals && !fuse ? "warning" : severity,
        message,
        fixes: [...sets.map((steps) => replacement(subject, steps, say)), fuse ? undefined : mask],
      };
    } else if (taken.terminals) {
      yield { span, severity: "warning", message: say("terminals"), fixes: [mask] };
    }
    const { waits } = taken;
    if (waits !== undefined) {
      const isGetty = waits.startsWith("serial-getty@");
      const message = say("waits", { unit: waits });
      yield { span, severity: "warning", message, fixes: [isGetty ? maskFix(subject, say) : undefined] };
    }
  },
});

/** The message if the privileges appear unnecessary, and the steps that replace them. */
function replaceable(
  subject: Planned<ContainerSubject>,
  takeover: Takeover,
  say: Say,
): { message: Message; severity: Severity; sets: SpecChange[][] } {
  const { source, plan, target } = subject;
  const fuse = seesOnlyFuse(subject);
  // A test installs more in the container.
  const known =
    !fuse &&
    !source.forTest &&
    subject.base !== undefined &&
    subject.image &&
    unmetNeeds(plan.image.needs, plan.facts).length === 0;
  const sets = leastPrivileges(subject);
  const what = toDisplay(source, added(sets[0] ?? []));
  const onlyOld = onCgroupV1(subject) && target?.cgroupVersion === undefined;
  const image = onlyOld ? subject.base?.name : undefined;
  const name = image !== undefined ? "old" : fuse ? "fuse" : known ? "unneeded" : "maybe";
  const exposed = exposedBy(takeover);
  return {
    sets,
    severity: known && image === undefined ? "warning" : "information",
    message: what === "" ? say("enough", { exposed }) : say(name, { what, image: image ?? "", exposed }),
  };
}

/** What a privileged systemd takes over on the host, and the service that does so. */
function exposedBy({ terminals, devices, settings, hostname }: Takeover): Argument {
  return listed([
    message("exposed.kernel", "kernel"),
    devices ? message("exposed.udev", "devices (udev)") : message("exposed.devices", "devices"),
    ...(settings ? [message("exposed.settings", "kernel settings (sysctl)")] : []),
    ...(hostname ? [message("exposed.hostname", "name (hostnamectl)")] : []),
    ...(terminals ? [message("exposed.terminals", "terminals (gettys)")] : []),
  ]);
}

function maskFix(subject: ContainerSubject, say: Say): Fix | undefined {
  const edits = maskEdits(subject);
  return edits.length > 0 ? { title: say("mask"), safe: false, edits } : undefined;
}

/** The steps that replace the privileges, as one list for each way to get a cgroup tree. */
function leastPrivileges(subject: ContainerSubject): SpecChange[][] {
  const spec = unprivileged(subject.source.spec);
  const rest = [
    ...lackingMounts(subject, spec),
    ...lacking(subject, ["workload"], spec),
    ...(seesOnlyFuse(subject) ? fuseSteps.filter(({ key, value }) => !hasItem(subject, key, value)) : []),
  ];
  const [first, ...others] = cgroupRecipes(subject, spec);
  // A writable tree is kept, unless a safer way works or the mount would not stay writable (a read-only bind mount).
  const fading = spec.mounts.some(
    (mount) => isCgroupRoot(mount.target) && mount.readOnly && mount.recursive !== "writable",
  );
  const enough = !fading && lacking(subject, ["cgroup-writable"], spec).length === 0;
  if (!first || (enough && first.host)) return [rest];
  // If a safer way works, the host's tree is not offered as an alternative.
  const ways = first.host ? [first, ...others] : [first];
  return ways.map(({ steps }) => [...steps, ...rest]);
}

/**
 * Whether the container already has an item that is kept when `privileged` is removed. A device may have another path in
 * the container, so only the part before the colon is compared.
 */
function hasItem(
  { source: { spec } }: ContainerSubject,
  key: (typeof fuseSteps)[number]["key"],
  value: string,
) {
  return spec[key].some((item) => item === value || item.startsWith(`${value}:`));
}

function added(steps: readonly SpecChange[]): SpecChange[] {
  return steps.filter((step) => step.do === "add" || step.do === "set");
}

/** The fix is never safe, because it is not known how the services of the image use the privileges. */
function replacement({ source }: ContainerSubject, steps: readonly SpecChange[], say: Say): Fix | undefined {
  const what = added(steps);
  const from = source.toDisplay({ do: "set", key: "privileged", value: true });
  const title =
    what.length > 0 ? say("fix", { from, what: toDisplay(source, what) }) : say("remove", { from });
  return stepsFix(source, [{ do: "unset", key: "privileged" }, ...steps], title, false);
}
