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
  title: "Let systemd write to its cgroup tree",
  severity: "error",
  why: `
    systemd keeps every service in a control group of its own, and the first thing that PID 1 does is to make
    one for itself, \`/init.scope\`. Docker mounts the cgroup tree of a container read-only, so that fails.

    From Docker 28 on \`writable-cgroups=true\` makes the container's own part of the tree writable and shows
    it nothing of the host's. Older ones leave only the host's tree, mounted read-write in the host's cgroup
    namespace, all of which the container can then write to. Podman does what is needed by itself.
  `,
  consequence: 'PID 1 exits 255: "Failed to create /init.scope control group: Read-only file system".',
  symptoms: ["exit-255"],
  ignore:
    "The daemon remaps users or uses Sysbox, which make the tree writable by themselves; say so with `systemdContainers.target`.",
  evidence: {
    measured:
      "exit 255 with nothing for the cgroup tree on Docker 20.10, 26.1 and 28.5, cgroup v1 and v2, systemd 247, 252, " +
      "257 and 262. Running with writable-cgroups=true on 28.5 and with the bind in the host's namespace on all three; " +
      "only systemd 262 boots on no cgroup v1 host.",
  },
  sources: ["moby/moby, pull request 48828 (writable-cgroups)"],
  messages: {
    hybrid:
      "The stated host has cgroup v1 without the hierarchy name=systemd: PID 1 exits 255. Mount it on the host, or use a host with cgroup v2.",
    found:
      "Nothing lets systemd write to its cgroup tree, which Docker mounts read-only: PID 1 exits 255 (Failed to create /init.scope control group). Make it writable.",
  },
  *check(subject, say) {
    const { source } = subject;
    if (onPodman(subject) || source.spec.privileged || subject.target?.usernsRemap) return;
    if (subject.target?.namedHierarchy === false) {
      // A Dockerfile of the workspace is told so itself.
      if (subject.image?.uri === undefined) yield { span: source.nameSpan, message: say("hybrid") };
      return;
    }
    // What is said about the tree, but wrongly, is another rule's business.
    if (source.spec.mounts.some((mount) => speaksOfTree(mount, subject)) || writableCgroups(source.spec)?.on)
      return;
    if (lacking(subject, ["cgroup-writable"]).length === 0) return;
    yield {
      span: source.nameSpan,
      message: say("found"),
      get fixes() {
        return cgroupFixes(subject);
      },
    };
  },
});

/** A bind of the tree, or of a piece of it; on cgroup v1 a writable piece may be all that is needed. */
function speaksOfTree(mount: Mount, subject: ContainerSubject): boolean {
  if (mount.type !== "bind") return false;
  return isCgroupRoot(mount.target) || (belowCgroupRoot(mount) && !(onCgroupV1(subject) && mount.readOnly));
}
