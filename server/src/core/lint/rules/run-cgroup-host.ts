import type { ContainerSpec, SpecChange } from "../../container/spec";
import { isInitPath } from "../../image/init";
import type { ContainerSubject } from "../../project/subject";
import { leastFix } from "../queries/cgroup-fixes";
import { bindsHostTree, writableCgroups } from "../queries/cgroup-tree";
import { onCgroupV1, onPodman } from "../queries/engine";
import { stepsFix } from "../queries/fixes";
import { placeOf } from "../queries/run-file";
import { type Planned, plannedContainerRule, type SayOf, type Violation } from "../rule";

const messages = {
  replicas:
    "{count} containers share the host's systemd hierarchy on cgroup v1. If they all start at once, units can fail (219/CGROUP). Use a cgroup v2 host, or stagger starts.",
  found:
    "The container can modify the host's entire cgroup tree. With Docker 28 or later, its own part of the tree is enough.",
  podman:
    "The container can modify the host's entire cgroup tree. Podman's systemd mode does not need the host's namespace.",
} as const;

const fixes = {
  remove: "Remove {what}",
  stagger: "Start init after a random delay of up to {seconds} s",
} as const;

type Say = SayOf<typeof messages & typeof fixes>;

export const runCgroupHost = plannedContainerRule({
  id: "run-cgroup-host",
  title: "Do not expose the host's cgroup tree",
  severity: "information",
  why: `
    If the host's cgroup tree is mounted writable in the host's namespace, root in the container can limit, freeze or
    kill every other container and service on the host. Before Docker 28, there was no other way to make the tree
    writable without privileged mode. Since then, \`writable-cgroups=true\` makes only the container's part of the
    tree writable. In a privileged container this part is always writable.

    On cgroup v1 there is no such option: all containers share the host's \`name=systemd\` hierarchy. When many of
    them start at the same time, their systemd instances conflict and units can fail with 219/CGROUP. Hosts with
    cgroup v2 and private namespaces are not affected. On other hosts, start the containers one after another. The
    fix makes each container wait a random time before it starts init.
  `,
  consequence: "The container boots, but it can write to every cgroup on the host.",
  symptoms: ["host-access"],
  ignore:
    "If a program in the container must read or manage the host's cgroups (a monitoring agent), you can disable this rule.",
  evidence: {
    measured:
      "Docker 28.5, cgroup v2: systemd 247, 252, 257 and 262 boot with writable-cgroups=true, a private namespace " +
      "and no host mounts, and also with the bind mount in the host's namespace. Docker 20.10, cgroup v1, systemd " +
      "247: ten containers started at once had no failed units, with or without the random delay. The error 219/CGROUP is " +
      "known only from the report below. Podman 5.8, cgroup v2, systemd 252: the container boots with and without " +
      "--cgroupns=host. With it, the host's entire tree is mounted writable.",
  },
  sources: ["systemd issue 20939 (units fail with 219/CGROUP in ten containers on cgroup v1)"],
  messages,
  fixes,
  *check(subject, say) {
    const { source, plan } = subject;
    const { spec, replicas } = source;
    if (replicas && !onPodman(subject) && onCgroupV1(subject) && !waits(spec)) {
      const seconds = String(2 * replicas.count);
      const steps = staggered(subject, seconds);
      yield {
        span: replicas.span,
        severity: "warning",
        message: say("replicas", { count: String(replicas.count) }),
        fixes: [steps && stepsFix(source, steps, say("stagger", { seconds }), false)],
      };
    }
    if (onPodman(subject)) yield* hostNamespace(subject, say);
    // If the plan has no alternative, the host's tree is required (an older Docker version, cgroup v1 or a volume of
    // the image), so there is nothing to report.
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

/** With Podman, the host's namespace alone mounts the host's tree writable. On cgroup v1 it is the default. */
function* hostNamespace(subject: Planned<ContainerSubject>, say: Say): Generator<Violation, void> {
  const { source } = subject;
  if (source.spec.cgroupNamespace !== "host" || onCgroupV1(subject)) return;
  const what = source.toDisplay({ do: "set", key: "cgroupNamespace", value: "host" });
  yield {
    span: placeOf(source, { key: "cgroupNamespace" }),
    message: say("podman"),
    fixes: [stepsFix(source, [{ do: "unset", key: "cgroupNamespace" }], say("remove", { what }), false)],
  };
}

/** Whether the program waits before it starts init. */
function waits({ entrypoint, command }: ContainerSpec): boolean {
  return [entrypoint, command].some((argv) => argv?.words.some((word) => /\bsleep\b/.test(word)));
}

/** Starts the same init after a random time; undefined if it is not known which words start it. */
function staggered({ boot, source: { spec } }: ContainerSubject, seconds: string): SpecChange[] | undefined {
  const { argv, executes } = boot;
  if (executes || !isInitPath(argv[0]) || argv.some((word) => !/^[\w./:=@%+,-]+$/.test(word)))
    return undefined;
  const script = `sleep $(shuf -i 0-${seconds} -n 1); exec ${argv.join(" ")}`;
  const start: SpecChange = { do: "set", key: "entrypoint", value: { words: ["/bin/sh", "-c", script] } };
  return spec.command ? [start, { do: "unset", key: "command" }] : [start];
}
