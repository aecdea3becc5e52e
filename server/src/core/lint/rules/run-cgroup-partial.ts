import { applySteps, type Mount, type SpecChange } from "../../container/spec";
import { isPlan } from "../../plan/plan";
import type { ContainerSubject } from "../../project/subject";
import { cgroupFixes } from "../queries/cgroup-fixes";
import { belowCgroupRoot } from "../queries/cgroup-tree";
import { onCgroupV1, onPodman } from "../queries/engine";
import { stepsFix } from "../queries/fixes";
import { lacking } from "../queries/lacking";
import { placeOf } from "../queries/run-file";
import { containerRule, type Fix, type SayOf } from "../rule";

const messages = {
  found:
    "{path} is part of a cgroup v1 tree. On cgroup v2 the engine cannot mount it into the read-only tree and does not start the container.",
  slice:
    "{path} contains systemd's cgroup only if the engine runs the container in this slice. Otherwise PID 1 exits 255.",
} as const;

const fixes = {
  remove: "Remove the bind mount of {paths}",
} as const;

type Say = SayOf<typeof messages & typeof fixes>;

export const runCgroupPartial = containerRule({
  id: "run-cgroup-partial",
  title: "Do not bind-mount parts of the cgroup tree",
  severity: "error",
  why: `
    On cgroup v1 the tree is a directory of hierarchies, one for each controller and one for systemd, and
    it was possible to bind-mount only \`/sys/fs/cgroup/systemd\`. On cgroup v2 there is a single tree
    without this directory. The engine creates an ordinary cgroup of that name on the host and then cannot
    mount it into the container, because the container's tree is read-only.
  `,
  consequence:
    "The engine refuses to start the container: it cannot create the mount point in a read-only tree.",
  symptoms: ["not-started"],
  ignore:
    "If the container runs only on hosts with cgroup v1, set `systemdContainers.target` instead of disabling this rule.",
  evidence: {
    measured:
      "Docker 28.5, cgroup v2: a bind mount of /sys/fs/cgroup/systemd is refused (read-only file system). " +
      "According to cgroups(7), mounting a slice works only for containers in that slice.",
  },
  sources: ["cgroups(7), sections Cgroups version 1 and version 2"],
  messages,
  fixes,
  *check(subject, say) {
    const { source } = subject;
    if (onPodman(subject) || onCgroupV1(subject)) return;
    const pieces = source.spec.mounts.filter(belowCgroupRoot);
    if (pieces.length === 0) return;
    const fixes = fixesFor(subject, pieces, say);
    for (const mount of pieces) {
      // In the host's namespace, the paths of a slice are valid for containers in that slice.
      const slice =
        source.spec.cgroupNamespace === "host" && mount.target.endsWith(".slice") && !mount.readOnly;
      yield {
        span: placeOf(source, { key: "mounts", item: mount }),
        severity: slice ? "warning" : "error",
        message: say(slice ? "slice" : "found", { path: mount.target }),
        fixes,
      };
    }
  },
});

/** If the tree is writable without the partial mounts, the fix only removes them. */
function fixesFor(subject: ContainerSubject, pieces: readonly Mount[], say: Say): (Fix | undefined)[] {
  const { source, plan } = subject;
  if (!isPlan(plan)) return [];
  const drop = pieces.map((value): SpecChange => ({ do: "drop", key: "mounts", value }));
  if (lacking(subject, ["cgroup-writable"], applySteps(source.spec, drop)).length > 0)
    return cgroupFixes(subject);
  const paths = pieces.map(({ target }) => target).join(", ");
  return [stepsFix(source, drop, say("remove", { paths }), !plan.assumed)];
}
