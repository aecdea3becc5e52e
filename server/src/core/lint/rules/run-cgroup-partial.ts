import { applySteps, type SpecChange } from "../../container/spec";
import { isPlan } from "../../plan/plan";
import { cgroupFixes } from "../queries/cgroup-fixes";
import { belowCgroupRoot } from "../queries/cgroup-tree";
import { onCgroupV1, onPodman } from "../queries/engine";
import { stepsFix } from "../queries/fixes";
import { lacking } from "../queries/lacking";
import { placeOf } from "../queries/run-file";
import { containerRule } from "../rule";

const messages = {
  found:
    "{path} is part of a cgroup v1 tree. On cgroup v2 the engine cannot mount it into the read-only tree and does not start the container.",
  unneeded:
    "{path} is not needed: the container's cgroup tree is writable, and cgroup v2 has no such directory. Remove the bind mount.",
  slice:
    "{path} contains systemd's cgroup only if the engine runs the container in this slice. Otherwise PID 1 exits with code 255.",
} as const;

const fixes = {
  remove: "Remove the bind mount of {paths}",
} as const;

export const runCgroupPartial = containerRule({
  id: "run-cgroup-partial",
  title: "Do not bind-mount parts of the cgroup tree",
  severity: "error",
  why: `
    On cgroup v1 the tree is a directory of hierarchies, one for each controller and one for systemd, and
    it was possible to bind-mount only \`/sys/fs/cgroup/systemd\`. On cgroup v2 there is a single tree
    without this directory. The engine creates an ordinary cgroup of that name on the host and then cannot
    mount it into the container, because the container's tree is read-only.

    If the tree is writable (\`writable-cgroups=true\`, or a privileged container), the mount succeeds, and systemd boots
    without using it. The cgroup that the engine created remains on the host.
  `,
  consequence:
    "The engine creates a cgroup on the host and, unless the container's cgroup tree is writable, does not start the container.",
  symptoms: ["not-started"],
  ignore:
    "If the container runs only on hosts with cgroup v1, set `systemdContainers.target` instead of disabling this rule.",
  evidence: {
    measured:
      "Docker 28.5, cgroup v2: a bind mount of /sys/fs/cgroup/systemd is rejected (read-only file system). With " +
      "writable-cgroups=true, privileged, or a writable bind mount of the host's whole tree, the container boots. " +
      "According to cgroups(7), mounting a slice works only for containers in that slice.",
  },
  sources: ["cgroups(7), sections Cgroups version 1 and version 2"],
  messages,
  fixes,
  *check(subject, say) {
    const { source, plan } = subject;
    if (onPodman(subject) || onCgroupV1(subject)) return;
    const pieces = source.spec.mounts.filter(belowCgroupRoot);
    if (pieces.length === 0) return;
    const drop = pieces.map((value): SpecChange => ({ do: "drop", key: "mounts", value }));
    const isWritable =
      isPlan(plan) && lacking(subject, ["cgroup-writable"], applySteps(source.spec, drop)).length === 0;
    const paths = pieces.map(({ target }) => target).join(", ");
    const fixes = isWritable
      ? [stepsFix(source, drop, say("remove", { paths }), !plan.assumed)]
      : cgroupFixes(subject);
    for (const mount of pieces) {
      // In the host's namespace, the paths of a slice are valid for containers in that slice.
      const slice =
        source.spec.cgroupNamespace === "host" && mount.target.endsWith(".slice") && !mount.readOnly;
      const name = slice ? "slice" : isWritable ? "unneeded" : "found";
      yield {
        span: placeOf(source, { key: "mounts", item: mount }),
        severity: name === "found" ? "error" : "warning",
        message: say(name, { path: mount.target }),
        fixes,
      };
    }
  },
});
