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
  title: "The host's cgroup tree needs the host's cgroup namespace",
  severity: "error",
  why: `
    On cgroup v2 Docker gives a container a cgroup namespace of its own: it sees its own group as the root of
    the tree. A bind of the host's \`/sys/fs/cgroup\` shows the whole tree instead, and the paths by which
    systemd looks for itself lead nowhere, or to the host's root. The two belong together: the host's tree
    with the host's namespace, or neither. On cgroup v1 the host's namespace is the default.
  `,
  consequence:
    'PID 1 exits 255 ("Failed to allocate manager object: No such file or directory"), or takes over the host\'s root control group.',
  symptoms: ["exit-255", "host-access"],
  ignore:
    "The host's cgroup2 is mounted without `nsdelegate` and you mean the container to own its root group.",
  evidence: {
    measured:
      "bind :rw with the default namespace on cgroup v2: exit 255 on a host whose cgroup2 has nsdelegate (every " +
      "systemd host; 28.5 with systemd 247, 252 and 262); on a host without it Docker 20.10, 26.1 and 28.5 boot " +
      "systemd 252, 257 and 262 in the host's root control group, outside the container's limits, and 247 exits 255. " +
      "With the host's namespace all of them run.",
  },
  sources: ["cgroups(7), section Cgroup v2 delegation: nsdelegate", "cgroup_namespaces(7)"],
  messages: {
    found:
      "The host's {path} is bound into a container with a cgroup namespace of its own: its paths lead nowhere and PID 1 exits 255, or it takes over the host's root control group.",
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
