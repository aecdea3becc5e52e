import type { Mount, SpecChange } from "../../container/spec";
import { isPlan } from "../../plan/plan";
import type { ContainerSubject } from "../../project/subject";
import { isCgroupRoot, lockPath, runPath } from "../../systemd/paths";
import { isRightSignal, rightSignal } from "../../systemd/signal";
import { belowCgroupRoot } from "../queries/cgroup-tree";
import { stepsFix } from "../queries/fixes";
import { lackingMounts } from "../queries/lacking";
import { placeOf, toDisplay } from "../queries/run-file";
import { containerRule, type Fix, type SayOf, type Violation } from "../rule";

/** The default of terminationGracePeriodSeconds. */
const kubeletWaits = 30;

/** How long systemd itself waits for a service to stop (DefaultTimeoutStopSec=). */
const systemdWaits = 90;

const messages = {
  both: "With hostUsers: false, containerd gives a privileged container the node's root cgroup. Remove privileged; systemd does not need it.",
  privileged:
    "A privileged container can take over the node. systemd needs only hostUsers: false and a runtime class with writable cgroups.",
  tree: "The node's cgroup tree is mounted over the container's own, so systemd changes the node's cgroups or does not boot. Remove the mount.",
  readOnly:
    "containerd mounts {path} read-only, so PID 1 exits. Set a runtimeClassName whose handler has cgroup_writable = true. CRI-O does not need this.",
  mounts:
    "Nothing is mounted on {paths}, and systemd cannot mount anything there: PID 1 exits with code 255. Only CRI-O adds a tmpfs automatically.",
  users: "Root in this container is root on the node. Set hostUsers: false to prevent this.",
  grace:
    "The pod is killed {seconds} s after the stop signal, sooner than the default of {normal} s. systemd allows each service {right} s to stop.",
  signal:
    "{image} sets no stop signal that shuts systemd down, so the pod is killed after its grace period. Build an image with STOPSIGNAL {right}.",
} as const;

const fixes = {
  remove: "Remove {what}",
  add: "Mount {what}",
  own: "Add hostUsers: false",
} as const;

type Say = SayOf<typeof messages & typeof fixes>;

export const kubernetesSystemd = containerRule({
  id: "kubernetes-systemd",
  title: "Give a pod what systemd needs",
  severity: "warning",
  pods: true,
  why: `
    A pod boots systemd without privileges if it has the following:

    - \`hostUsers: false\`, which Kubernetes 1.33 and later support without a feature gate: root in the container is
      then another user on the node. Never combine it with \`privileged: true\`, because containerd then gives the
      container the node's root cgroup.
    - A writable \`/sys/fs/cgroup\`. By default, runtimes mount it read-only. containerd 2.1 and later mount it
      writable for a runtime class whose handler sets \`cgroup_writable = true\`; set \`runtimeClassName\` to this
      class. Sysbox also mounts it writable, and so does CRI-O if it detects that the container starts systemd. With
      any of these runtimes, you do not need a \`hostPath\` volume with the node's cgroup tree, which would expose the
      cgroups of all pods to the container.
    - An \`emptyDir\` with \`medium: Memory\` on \`/run\`, \`/run/lock\` and \`/tmp\`. CRI-O mounts a tmpfs on these
      paths automatically.
    - The right stop signal in the image: to stop a container, runtimes send the image's \`STOPSIGNAL\`. The pod's
      \`lifecycle.stopSignal\` is an alpha feature. containerd before 1.6 does not support the name \`SIGRTMIN+3\`,
      only its number, 37.
    - Enough time in \`terminationGracePeriodSeconds\`, which is 30 by default.
  `,
  consequence: "PID 1 exits before any service starts, or root in the container can take over the node.",
  symptoms: ["exit-255", "host-access", "killed-on-stop"],
  ignore:
    "If the nodes already provide what this rule reports as missing (a runtime class, a writable cgroup tree, CRI-O), you can disable this rule.",
  evidence: {
    sourced:
      "Kubernetes documentation, User Namespaces and Pod Lifecycle; containerd, docs/cri/config.md; CRI-O, " +
      "container_create_linux.go; FreeIPA's container tests on k3s, rke2, k0s and kubeadm",
    why: "our tests do not run a kubelet.",
  },
  sources: ["KEP-127 (user namespaces)", "KEP-4960 (stop signals)", "KEP-5474 (writable cgroups)"],
  messages,
  fixes,
  *check(subject, say) {
    if (!subject.source.pod) return;
    yield* privileges(subject, say);
    yield* cgroups(subject, say);
    yield* mounts(subject, say);
    yield* stop(subject, say);
  },
});

function* privileges({ source }: ContainerSubject, say: Say): Generator<Violation, void> {
  const { pod, spec } = source;
  const isOwn = pod?.hostUsers === false;
  if (spec.privileged) {
    const step: SpecChange = { do: "unset", key: "privileged" };
    const what = source.toDisplay({ do: "set", key: "privileged", value: true });
    yield {
      span: placeOf(source, { key: "privileged" }),
      severity: isOwn ? "error" : "information",
      message: say(isOwn ? "both" : "privileged"),
      fixes: isOwn ? [stepsFix(source, [step], say("remove", { what }), false)] : [],
    };
  } else if (pod && !isOwn) {
    const fix = pod.ownUsers().map(
      ({ edits, runs }): Fix => ({
        title: say("own"),
        safe: false,
        edits,
        reach: { run: source.name, runs },
      }),
    );
    yield {
      span: pod.at("hostUsers") ?? source.nameSpan,
      severity: "information",
      message: say("users"),
      fixes: fix,
    };
  }
}

function* cgroups({ source }: ContainerSubject, say: Say): Generator<Violation, void> {
  const { pod, spec } = source;
  const trees = spec.mounts.filter((mount) => isCgroupRoot(mount.target) || belowCgroupRoot(mount));
  for (const mount of trees) yield tree(source, mount, say);
  if (spec.privileged || trees.length > 0 || pod?.runtimeClass !== undefined || pod?.writableCgroups) return;
  // The runtime of the nodes is unknown, and CRI-O needs no further settings.
  const severity = "information";
  yield { span: source.nameSpan, severity, message: say("readOnly", { path: "/sys/fs/cgroup" }) };
}

function tree(source: ContainerSubject["source"], mount: Mount, say: Say): Violation {
  const step: SpecChange = { do: "drop", key: "mounts", value: mount };
  return {
    span: placeOf(source, { key: "mounts", item: mount }),
    message: say("tree"),
    fixes: [stepsFix(source, [step], say("remove", { what: source.toDisplay(step) }), false)],
  };
}

function* mounts(subject: ContainerSubject, say: Say): Generator<Violation, void> {
  const { source } = subject;
  const steps = lackingMounts(subject, source.spec);
  const absent = steps.flatMap((step) => (step.do === "add" && step.key === "tmpfs" ? step.value.path : []));
  const paths = absent.filter((path) => path === runPath || (path === lockPath && needsLock(subject)));
  if (paths.length === 0) return;
  yield {
    span: source.nameSpan,
    severity: "information",
    message: say("mounts", { paths: paths.join(", ") }),
    fixes: [stepsFix(source, steps, say("add", { what: toDisplay(source, steps) }), false)],
  };
}

/** Whether the image needs /run/lock: Debian and Ubuntu do, up to systemd 252. */
function needsLock({ plan }: ContainerSubject): boolean {
  const { family = "", systemdVersion = 0 } = isPlan(plan) ? plan.image : {};
  return /^(debian|ubuntu)$/.test(family) && systemdVersion <= 252;
}

function* stop(subject: ContainerSubject, say: Say): Generator<Violation, void> {
  const { source, image } = subject;
  const { stopGrace, stopSignal } = source.spec;
  if (stopGrace !== undefined && stopGrace < kubeletWaits) {
    const args = { seconds: String(stopGrace), normal: String(kubeletWaits), right: String(systemdWaits) };
    yield {
      span: placeOf(source, { key: "stopGrace" }),
      severity: "hint",
      message: say("grace", args),
    };
  }
  const base = image ? undefined : subject.base;
  if (!base || stopSignal !== undefined || isRightSignal(base.stopSignal ?? "SIGTERM")) return;
  yield {
    span: placeOf(source, { key: "image" }),
    message: say("signal", { image: source.spec.image ?? base.name, right: rightSignal }),
  };
}
