import type { Mount } from "../../container/spec";
import { majorVersion } from "../../engine";
import { hasWritableCgroups } from "../../plan/adapt";
import type { ContainerSubject } from "../../project/subject";
import { cgroupPath, isCgroupRoot } from "../../systemd/paths";
import { cgroupFixes } from "../queries/cgroup-fixes";
import { onCgroupV1, onPodman } from "../queries/engine";
import { placeOf } from "../queries/run-file";
import { containerRule } from "../rule";

export const runCgroupReadOnly = containerRule({
  id: "run-cgroup-read-only",
  title: "A read-only cgroup tree does not boot",
  severity: "error",
  why: `
    \`/sys/fs/cgroup:/sys/fs/cgroup:ro\` is the line of a thousand recipes, and it was right once: on cgroup v1
    the tree is a set of mounts, and a read-only bind left the mounts below it writable. On cgroup v2 there is
    one file system, and read-only means read-only. Since Docker 25 it is so on cgroup v1 as well, because
    read-only binds now cover what is mounted below them.

    Below Docker 28 there are two ways out on cgroup v2: the host's tree, bound read-write in the host's
    namespace, or an engine with \`userns-remap\`, which mounts the container's tree writable. The second needs no
    bind and shows nothing of the host, and works at most with the cgroup driver systemd.
  `,
  consequence: 'PID 1 exits 255: "Failed to create … control group: Read-only file system".',
  symptoms: ["exit-255"],
  ignore:
    "The container runs on hosts with cgroup v1 and Docker before 25; say so with `systemdContainers.target`.",
  evidence: {
    measured:
      "the bind :ro, with the default, the host's and a private namespace: exit 255 on cgroup v2 with Docker 20.10, " +
      "26.1 and 28.5 and systemd 247, 252, 257 and 262, and on cgroup v1 with 26.1 and 28.5. On cgroup v1 with 20.10 " +
      "systemd 247, 252 and 257 run; with bind-recursive=writable they run on v1 with every engine.",
  },
  sources: [
    "moby/moby, commit 5045a2de24 (recursive read-only mounts)",
    "moby/moby, daemon/oci_linux.go, and freeipa-container, README (userns-remap)",
  ],
  messages: {
    found:
      "{path} is bound read-only, so systemd cannot make its control groups: on cgroup v2, and on any host since Docker 25, PID 1 exits 255.",
    userns:
      "{path} is bound read-only, so systemd cannot make its control groups: PID 1 exits 255. Bind it rw with cgroup: host, or use userns-remap without it.",
    old: "{path} is bound read-only: it boots here, but neither on cgroup v2 nor with Docker 25 or newer, where PID 1 exits 255.",
  },
  *check(subject, say) {
    if (onPodman(subject)) return;
    const { source } = subject;
    for (const mount of source.spec.mounts) {
      if (mount.type !== "bind" || !mount.readOnly || !isCgroupRoot(mount.target)) continue;
      const state = onThisHost(subject, mount);
      if (state === "boots") continue;
      const name = state === "boots today" ? "old" : needsHostTree(subject) ? "userns" : "found";
      yield {
        span: placeOf(source, { key: "mounts", item: mount }),
        severity: state === "boots today" ? "warning" : "error",
        message: say(name, { path: cgroupPath }),
        get fixes() {
          return cgroupFixes(subject);
        },
      };
    }
  },
});

/** A stated engine on cgroup v2 that has only the host's tree to give, unless it remaps users. */
function needsHostTree({ target }: ContainerSubject): boolean {
  if (target?.cgroupVersion !== 2 || target.version === undefined) return false;
  return !target.rootless && !target.usernsRemap && !hasWritableCgroups(target);
}

/** On cgroup v1 a read-only bind was not recursive before Docker 25, and need not be since. */
function onThisHost(subject: ContainerSubject, { recursive }: Mount): "boots" | "boots today" | "exits" {
  if (!onCgroupV1(subject)) return "exits";
  if (recursive === "writable") return "boots";
  const version = subject.target && majorVersion(subject.target);
  return version !== undefined && version < 25 ? "boots today" : "exits";
}
