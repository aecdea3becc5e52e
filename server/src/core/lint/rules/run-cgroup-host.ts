import { leastFix } from "../queries/cgroup-fixes";
import { bindsHostTree, writableCgroups } from "../queries/cgroup-tree";
import { onCgroupV1, onPodman } from "../queries/engine";
import { placeOf } from "../queries/run-file";
import { plannedContainerRule } from "../rule";

export const runCgroupHost = plannedContainerRule({
  id: "run-cgroup-host",
  title: "The host's cgroup tree need not be shown",
  severity: "information",
  why: `
    With the host's cgroup tree, writable and in the host's namespace, root in the container can change the
    limits of every other container and service of the host, freeze or kill them. Before Docker 28 there was
    no other way without privileges. Since then \`writable-cgroups=true\` makes just the container's own part
    of the tree writable; and in a privileged container it is writable anyway.

    On cgroup v1 there is no such way: all containers share the \`name=systemd\` hierarchy of the host. Where many
    start at the same time, their systemds get in each other's way and units fail with 219/CGROUP. A host with
    cgroup v2 and private namespaces does not have the problem; otherwise start them one after another.
  `,
  consequence: "It boots, and can write to every control group of the host.",
  symptoms: ["host-access"],
  ignore: "A program in the container has to see or manage the host's control groups (a monitoring agent).",
  evidence: {
    measured:
      "Docker 28.5, cgroup v2: writable-cgroups=true with a private namespace and nothing of the host mounted boots " +
      "systemd 247, 252, 257 and 262, as the bind with the host's namespace does.",
  },
  sources: ["systemd issue 20939 (units fail with 219/CGROUP in ten containers on cgroup v1)"],
  messages: {
    replicas:
      "{count} containers share the host's systemd hierarchy on cgroup v1, and units fail when they start at once (219/CGROUP). Use a cgroup v2 host, or stagger starts.",
    found:
      "The host's whole cgroup tree is open to this container. From Docker 28 on the container's own part will do.",
  },
  *check(subject, say) {
    const { source, plan } = subject;
    const { spec } = source;
    const { replicas } = source;
    if (replicas && !onPodman(subject) && onCgroupV1(subject)) {
      yield {
        span: replicas.span,
        severity: "warning",
        message: say("replicas", { count: String(replicas.count) }),
      };
    }
    // Without the alternative there is no less: an older Docker, cgroup v1, a volume of the image.
    if (onPodman(subject) || plan.alternative === undefined) return;
    const mount = spec.mounts.find(bindsHostTree);
    const shown = spec.cgroupNamespace === "host" && (mount || spec.privileged || writableCgroups(spec)?.on);
    if (!shown) return;
    const least = leastFix(subject);
    if (!least?.known) return;
    yield {
      span: placeOf(source, mount ? { key: "mounts", item: mount } : { key: "cgroupNamespace" }),
      message: say("found"),
      fixes: [least.fix && { ...least.fix, safe: false }],
    };
  },
});
