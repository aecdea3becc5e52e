import type { Mount, SpecChange } from "../../container/spec";
import { majorVersion } from "../../engine";
import { hasWritableCgroups } from "../../plan/adapt";
import type { ContainerSubject } from "../../project/subject";
import { cgroupPath, isCgroupRoot } from "../../systemd/paths";
import { cgroupFixes } from "../queries/cgroup-fixes";
import { onCgroupV1, onPodman } from "../queries/engine";
import { stepsFix } from "../queries/fixes";
import { lacking } from "../queries/lacking";
import { placeOf } from "../queries/run-file";
import { containerRule, type SayOf, type Violation } from "../rule";

const messages = {
  found:
    "{path} is mounted read-only, so systemd cannot create cgroups. PID 1 exits with code 255 on cgroup v2, and with Docker 25 or later on any host.",
  userns:
    "{path} is mounted read-only, so PID 1 cannot create cgroups and exits with code 255. Mount it rw with cgroup: host, or use userns-remap without a mount.",
  podman:
    "This mount has no effect: in its systemd mode, Podman mounts a writable {path} for the container instead.",
  old: "{path} is mounted read-only. systemd boots on this host, but on hosts with cgroup v2 or Docker 25 or later, PID 1 exits with code 255.",
} as const;

const fixes = {
  remove: "Remove {what}",
} as const;

type Say = SayOf<typeof messages & typeof fixes>;

export const runCgroupReadOnly = containerRule({
  id: "run-cgroup-read-only",
  title: "Do not mount the cgroup tree read-only",
  severity: "error",
  why: `
    Many recipes contain \`/sys/fs/cgroup:/sys/fs/cgroup:ro\`. It used to be correct: on cgroup v1 the tree is a
    set of mounts, and a read-only bind mount left the mounts below it writable. On cgroup v2 there is one file
    system, and all of it becomes read-only. Since Docker 25 this also applies to cgroup v1, because read-only bind
    mounts are now recursive.

    With Docker before 28, there are two solutions on cgroup v2: mount the host's tree read-write in the host's cgroup
    namespace, or use an engine with \`userns-remap\`, which mounts the container's tree writable. The second solution
    needs no bind mount and does not expose the host's tree, but it requires the systemd cgroup driver and can still
    fail.
  `,
  consequence: 'PID 1 exits with code 255: "Failed to create … control group: Read-only file system".',
  symptoms: ["exit-255"],
  ignore:
    "If the container runs only on hosts with cgroup v1 and Docker before 25, set `systemdContainers.target` instead of disabling this rule.",
  evidence: {
    measured:
      "with a read-only bind mount, systemd 247, 252, 257 and 262 exit with code 255 in the default, host and private cgroup " +
      "namespaces, on cgroup v2 with Docker 20.10, 26.1 and 28.5, and on cgroup v1 with Docker 26.1 and 28.5. On " +
      "cgroup v1 with Docker 20.10, systemd 247, 252 and 257 boot. With bind-recursive=writable, they boot on " +
      "cgroup v1 with every engine. Podman 5.8, cgroup v2, systemd 252: with the read-only bind mount the container " +
      "boots, and /sys/fs/cgroup is writable in it.",
  },
  sources: [
    "moby/moby, commit 5045a2de24 (recursive read-only mounts)",
    "moby/moby, daemon/oci_linux.go, and freeipa-container, README (userns-remap)",
  ],
  messages,
  fixes,
  *check(subject, say) {
    const { source } = subject;
    if (onPodman(subject)) {
      yield* ignoredMounts(subject, say);
      return;
    }
    for (const mount of source.spec.mounts) {
      if (mount.type !== "bind" || !mount.readOnly || !isCgroupRoot(mount.target)) continue;
      const state = onThisHost(subject, mount);
      if (state === "boots") continue;
      const name = state === "boots today" ? "old" : needsHostTree(subject) ? "userns" : "found";
      yield {
        span: placeOf(source, { key: "mounts", item: mount }),
        severity: state === "boots today" ? "warning" : "error",
        message: say(name, { path: cgroupPath }),
        fixes: () => cgroupFixes(subject),
      };
    }
  },
});

/** The mounts that Podman leaves out in its systemd mode. */
function* ignoredMounts(subject: ContainerSubject, say: Say): Generator<Violation, void> {
  const { source } = subject;
  const { mounts } = source.spec;
  const trees = mounts.filter(
    ({ type, readOnly, target }) => type === "bind" && readOnly && isCgroupRoot(target),
  );
  const others = mounts.filter((mount) => !trees.includes(mount));
  if (lacking(subject, ["cgroup-writable"], { ...source.spec, mounts: others }).length > 0) return;
  for (const mount of trees) {
    const drop: SpecChange = { do: "drop", key: "mounts", value: mount };
    const what = source.toDisplay(drop);
    yield {
      span: placeOf(source, { key: "mounts", item: mount }),
      severity: "hint",
      message: say("podman", { path: cgroupPath }),
      fixes: [stepsFix(source, [drop], say("remove", { what }), false)],
    };
  }
}

/**
 * Whether the configured engine uses cgroup v2 and supports only the host's tree; an engine that remaps users does
 * not count.
 */
function needsHostTree({ target }: ContainerSubject): boolean {
  if (target?.cgroupVersion !== 2 || target.version === undefined) return false;
  return !target.rootless && !target.usernsRemap && !hasWritableCgroups(target);
}

/**
 * What happens on this host. On cgroup v1, a read-only bind mount was not recursive before Docker 25; since then it
 * is configurable.
 */
function onThisHost(subject: ContainerSubject, { recursive }: Mount): "boots" | "boots today" | "exits" {
  if (!onCgroupV1(subject)) return "exits";
  if (recursive === "writable") return "boots";
  const version = subject.target && majorVersion(subject.target);
  return version !== undefined && version < 25 ? "boots today" : "exits";
}
