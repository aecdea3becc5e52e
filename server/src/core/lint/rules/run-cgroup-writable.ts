import type { Mount } from "../../container/spec";
import type { ContainerSubject } from "../../project/subject";
import { isCgroupRoot } from "../../systemd/paths";
import { cgroupFixes } from "../queries/cgroup-fixes";
import { belowCgroupRoot, writableCgroups } from "../queries/cgroup-tree";
import { onCgroupV1, onPodman } from "../queries/engine";
import { lacking } from "../queries/lacking";
import { containerRule } from "../rule";

export const runCgroupWritable = containerRule({
  id: "run-cgroup-writable",
  title: "Give systemd a writable cgroup tree",
  severity: "error",
  why: `
    systemd runs each service in a separate cgroup. PID 1 first creates a cgroup for itself,
    \`/init.scope\`. Docker mounts the container's cgroup tree read-only, so this fails.

    From Docker 28 on, \`writable-cgroups=true\` makes the container's part of the tree writable without exposing the
    host's tree. Older versions support only the host's tree, mounted read-write in the host's cgroup namespace; the
    container can then write to all of it. Podman makes the tree writable automatically.
  `,
  consequence:
    'PID 1 exits with code 255: "Failed to create /init.scope control group: Read-only file system".',
  symptoms: ["exit-255"],
  ignore:
    "If the daemon remaps users or uses Sysbox, both of which make the tree writable automatically, set `systemdContainers.target` instead of disabling this rule.",
  evidence: {
    measured:
      "Docker 20.10, 26.1 and 28.5, cgroup v1 and v2: without options for the cgroup tree, systemd 247, 252, 257 " +
      "and 262 exit with code 255. They boot with writable-cgroups=true on 28.5, and with the bind mount in the host's " +
      "namespace on all three, except systemd 262, which does not boot on cgroup v1 hosts.",
  },
  sources: ["moby/moby, pull request 48828 (writable-cgroups)"],
  messages: {
    hybrid:
      "The target host has cgroup v1 without the name=systemd hierarchy: PID 1 exits with code 255. Mount the hierarchy on the host, or use a cgroup v2 host.",
    found:
      "Docker mounts the cgroup tree read-only, so PID 1 exits with code 255 (Failed to create /init.scope control group). Make the cgroup tree writable.",
  },
  *check(subject, say) {
    const { source } = subject;
    if (onPodman(subject) || source.spec.privileged || subject.target?.usernsRemap) return;
    if (subject.target?.namedHierarchy === false) {
      // For a Dockerfile in the workspace, the finding is reported there.
      if (subject.image?.uri === undefined) yield { span: source.nameSpan, message: say("hybrid") };
      return;
    }
    // Other rules report incorrect settings for the tree.
    if (source.spec.mounts.some((mount) => mountsTree(mount, subject)) || writableCgroups(source.spec)?.on)
      return;
    if (lacking(subject, ["cgroup-writable"]).length === 0) return;
    yield {
      span: source.nameSpan,
      message: say("found"),
      fixes: () => cgroupFixes(subject),
    };
  },
});

/** Whether a mount binds the tree or part of it. On cgroup v1, a writable part can be enough. */
function mountsTree(mount: Mount, subject: ContainerSubject): boolean {
  if (mount.type !== "bind") return false;
  return isCgroupRoot(mount.target) || (belowCgroupRoot(mount) && !(onCgroupV1(subject) && mount.readOnly));
}
