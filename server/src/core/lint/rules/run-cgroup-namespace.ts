import type { SpecChange } from "../../container/spec";
import { cgroupPath } from "../../systemd/paths";
import { leastFix } from "../queries/cgroup-fixes";
import { bindsHostTree } from "../queries/cgroup-tree";
import { onCgroupV1, onPodman } from "../queries/engine";
import { addTitle, stepsFix } from "../queries/fixes";
import { placeOf } from "../queries/run-file";
import { containerRule } from "../rule";

export const runCgroupNamespace = containerRule({
  id: "run-cgroup-namespace",
  title: "Use cgroup: host if the host's cgroup tree is mounted",
  severity: "error",
  why: `
    On cgroup v2 Docker gives each container a private cgroup namespace, in which the container's cgroup is the root
    of the tree. A bind mount of the host's \`/sys/fs/cgroup\` shows the whole tree instead. systemd then does not
    find its cgroup at the expected path, or finds the host's root cgroup. Use the host's tree together with
    the host's namespace, or use neither. On cgroup v1 the host's namespace is the default.
  `,
  consequence:
    'PID 1 exits with code 255 ("Failed to allocate manager object: No such file or directory") or takes over the host\'s root cgroup.',
  symptoms: ["exit-255", "host-access"],
  ignore:
    "If the host's cgroup2 is mounted without `nsdelegate` and the container is supposed to own the root cgroup, you can disable this rule.",
  evidence: {
    measured:
      "a read-write bind mount with the default namespace, on cgroup v2. On hosts whose cgroup2 has nsdelegate " +
      "(every systemd host), systemd 247, 252 and 262 exit with code 255 (Docker 28.5). On a host without nsdelegate, 252, 257 " +
      "and 262 boot in the host's root cgroup, outside the container's limits, and 247 exits with code 255 (Docker 20.10, 26.1 " +
      "and 28.5). With the host's namespace, all of them boot.",
  },
  sources: ["cgroups(7), section Cgroup v2 delegation: nsdelegate", "cgroup_namespaces(7)"],
  messages: {
    found:
      "The host's {path} is mounted into a private cgroup namespace. PID 1 exits with code 255 or takes over the host's root cgroup.",
  },
  *check(subject, say) {
    const { source } = subject;
    const { spec } = source;
    if (onPodman(subject) || onCgroupV1(subject) || spec.cgroupNamespace === "host") return;
    const mount = spec.mounts.find(bindsHostTree);
    if (!mount) return;
    const steps: SpecChange[] = [{ do: "set", key: "cgroupNamespace", value: "host" }];
    const host = stepsFix(source, steps, addTitle(source, steps), true);
    const least = leastFix(subject);
    yield {
      span: placeOf(source, { key: "mounts", item: mount }),
      message: say("found", { path: cgroupPath }),
      fixes: least?.known ? [least.fix, host] : [host, least?.fix],
    };
  },
});
