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
    "{path} is a piece of a cgroup v1 tree. On cgroup v2 the engine cannot mount it into the read-only tree, and refuses to start the container.",
  slice:
    "A bound {path} gives systemd its control group only while the engine puts the container into that slice; elsewhere PID 1 exits 255.",
} as const;

const fixes = {
  remove: "Remove the bind of {paths}",
} as const;

type Say = SayOf<typeof messages & typeof fixes>;

export const runCgroupPartial = containerRule({
  id: "run-cgroup-partial",
  title: "No pieces of the cgroup tree",
  severity: "error",
  why: `
    On cgroup v1 the tree is a directory of hierarchies, one for each controller and one for systemd, and a
    recipe could bind just \`/sys/fs/cgroup/systemd\`. On cgroup v2 there is one tree, without such a
    directory: the engine makes an ordinary control group of that name on the host, and then cannot mount it
    into the container, whose own tree is read-only.
  `,
  consequence:
    "The engine refuses to start the container: it cannot make the mount point in a read-only tree.",
  symptoms: ["not-started"],
  ignore: "The container runs on hosts with cgroup v1 only; say so with `systemdContainers.target`.",
  evidence: {
    measured:
      "Docker 28.5, cgroup v2, a bind of /sys/fs/cgroup/systemd: refused, read-only file system. That a slice holds " +
      "only for what is in it is from cgroups(7).",
  },
  sources: ["cgroups(7), sections Cgroups version 1 and version 2"],
  messages,
  fixes,
  *check(subject, say) {
    const { source } = subject;
    if (onPodman(subject) || onCgroupV1(subject)) return;
    const pieces = source.spec.mounts.filter(belowCgroupRoot);
    if (pieces.length === 0) return;
    const fixes = repairs(subject, pieces, say);
    for (const mount of pieces) {
      // The paths of a slice are right in the host's namespace, for what is in it.
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

/** Where the tree is writable without the pieces, they only have to go. */
function repairs(subject: ContainerSubject, pieces: readonly Mount[], say: Say): (Fix | undefined)[] {
  const { source, plan } = subject;
  if (!isPlan(plan)) return [];
  const drop = pieces.map((value): SpecChange => ({ do: "drop", key: "mounts", value }));
  if (lacking(subject, ["cgroup-writable"], applySteps(source.spec, drop)).length > 0)
    return cgroupFixes(subject);
  const paths = pieces.map(({ target }) => target).join(", ");
  return [stepsFix(source, drop, say("remove", { paths }), !plan.assumed)];
}
