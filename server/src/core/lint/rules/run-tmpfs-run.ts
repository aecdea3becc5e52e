import type { Mount, SpecChange } from "../../container/spec";
import type { RequirementId } from "../../plan/types";
import type { ContainerSubject } from "../../project/subject";
import { canonicalPath, lockPath, runPath } from "../../systemd/paths";
import { onPodman } from "../queries/engine";
import { addTitle, stepsFix } from "../queries/fixes";
import { lacking } from "../queries/lacking";
import { placeOf } from "../queries/run-file";
import {
  type Fix,
  type Planned,
  plannedContainerRule,
  type SayOf,
  type Severity,
  type Violation,
} from "../rule";

const requirements = [
  ["tmpfs-run", runPath],
  ["tmpfs-run-lock", lockPath],
] as const satisfies readonly (readonly [RequirementId, string])[];

const messages = {
  run: "{path} is not mounted, and systemd is not permitted to mount it: PID 1 exits with code 255 (Failed to mount tmpfs at /run).",
  unlessVolume:
    "{path} is not mounted. Unless the image has a volume there, PID 1 exits with code 255 (Failed to mount tmpfs at /run).",
  lock: "{path} is not mounted. systemd on Debian and Ubuntu needs a mount there; without one, PID 1 exits with code 255.",
  lockDegraded:
    "{path} is not mounted. On Debian and Ubuntu, systemd up to 252 exits with code 255; with 257, the system is degraded (run-lock.mount).",
  volume: "{path} is persistent. Stale PID files and sockets survive a restart of the container.",
} as const;

const fixes = {
  tmpfs: "Replace with a tmpfs on {path}",
} as const;

type Say = SayOf<typeof messages & typeof fixes>;

export const runTmpfsRun = plannedContainerRule({
  id: "run-tmpfs-run",
  title: "Mount a tmpfs on /run and /run/lock",
  severity: "error",
  why: `
    systemd keeps the state of the running system in \`/run\`, which must be a mount point. If it is not, PID 1 tries
    to mount a tmpfs there, which is not permitted in an unprivileged container. On Debian and Ubuntu the same applies
    to \`/run/lock\`. Docker does not mount either of them by default; Podman mounts both.

    systemd also boots with a volume there, but the volume's contents survive a restart of the container: stale PID
    files and sockets, and \`/run/nologin\`.
  `,
  consequence: 'PID 1 exits with code 255: "Failed to mount tmpfs at /run: Operation not permitted".',
  symptoms: ["exit-255"],
  ignore:
    "If a mount that this rule cannot detect (an engine default, a wrapper) covers the path, you can disable this rule.",
  evidence: {
    measured:
      "Docker 20.10, 26.1 and 28.5, cgroup v1 and v2: without a mount on /run, systemd 247, 252, 257 and 262 exit " +
      "with code 255. Without a mount on /run/lock, Debian's systemd 247 and 252 exit with code 255, 257 is degraded (run-lock.mount), " +
      "and 262 boots.",
  },
  sources: ["systemd, src/shared/mount-setup.c"],
  messages,
  fixes,
  *check(subject, say) {
    const { source } = subject;
    if (onPodman(subject) || source.spec.privileged) return;
    const absent = absence(subject);
    if (absent) {
      const [name, path, severity] = absent;
      yield { span: source.nameSpan, severity, message: say(name, { path }), fixes: [add(subject)] };
    }
    for (const mount of source.spec.mounts) yield* disk(subject, mount, say);
  },
});

function absence(
  subject: Planned<ContainerSubject>,
): ["run" | "unlessVolume" | "lock" | "lockDegraded", string, Severity] | undefined {
  const { plan, base } = subject;
  if (lacking(subject, ["tmpfs-run"]).length > 0)
    return base ? ["run", runPath, "error"] : ["unlessVolume", runPath, "warning"];
  if (lacking(subject, ["tmpfs-run-lock"]).length === 0) return undefined;
  const { family, systemdVersion } = plan.image;
  // Unknown distributions are not reported, because only Debian and Ubuntu need the mount, up to systemd 257.
  if ((family !== "debian" && family !== "ubuntu") || (systemdVersion !== undefined && systemdVersion > 257))
    return undefined;
  return systemdVersion !== undefined && systemdVersion <= 252
    ? ["lock", lockPath, "error"]
    : ["lockDegraded", lockPath, "warning"];
}

/** Adds both mounts in one edit. */
function add(subject: ContainerSubject): Fix | undefined {
  const { source } = subject;
  const ids = requirements.map(([id]) => id);
  const steps = lacking(subject, ids);
  return stepsFix(source, steps, addTitle(source, steps), true);
}

function* disk(
  { source, plan }: Planned<ContainerSubject>,
  mount: Mount,
  say: Say,
): Generator<Violation, void> {
  const target = canonicalPath(mount.target);
  const [id, path] = requirements.find(([, mounted]) => mounted === target) ?? [];
  // Another rule reports a mount of the host's /run.
  if (!id || !path || canonicalPath(mount.source ?? "") === path) return;
  const tmpfs = plan.requirements.find((requirement) => requirement.id === id)?.steps ?? [];
  const steps: SpecChange[] = [{ do: "drop", key: "mounts", value: mount }, ...tmpfs];
  yield {
    span: placeOf(source, { key: "mounts", item: mount }),
    severity: "warning",
    message: say("volume", { path }),
    fixes: [stepsFix(source, steps, say("tmpfs", { path }), false)],
  };
}
