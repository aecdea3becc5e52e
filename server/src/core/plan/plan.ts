import { type Message, message } from "../base/message";
import type { OwnStart } from "../container/source";
import { applySteps, bareSpec, type ContainerSpec, type SpecChange } from "../container/spec";
import type { EngineFacts, Target } from "../engine";
import { detectsDocker } from "../systemd/docker-detection";
import { lockPath, runPath, tmpPath } from "../systemd/paths";
import { isRightSignal, rightSignal } from "../systemd/signal";
import { assume, atLeast, cgroupRequirement, older, refusal, takesWritableCgroups } from "./adapt";
import { missing } from "./missing";
import { stepsOf, unmetNeeds } from "./needs";
import { asked, optionProblem } from "./options";
import { program } from "./program";
import type { ImageFacts, LaunchOptions, LaunchPlan, Refusal, Requirement } from "./types";

/**
 * The least-privilege way to start an image whose PID 1 is systemd on an engine, each requirement with its
 * reason; a refusal where no flags make it boot. Without a target Docker 28 on cgroup 2 is assumed. What a
 * person asks for beside that comes last and has the last word.
 */
export function plan(image: ImageFacts, target: Target, options: LaunchOptions = {}): LaunchPlan | Refusal {
  const { facts, assumed } = assume(image, target);
  const refused = refusal(image, facts, assumed) ?? optionProblem(options);
  if (refused) return refused;
  const first = planFor(image, facts, assumed, options);
  if (!takesWritableCgroups(image, facts)) return first;
  return { ...first, alternative: planFor(image, older(facts), assumed, options) };
}

/** Says whether there is a way to start it. */
export function isPlan(result: LaunchPlan | Refusal): result is LaunchPlan {
  return !("refused" in result);
}

/**
 * A plan for what a file starts anyway: its own settings stay, and of the requirements those are left that it
 * lacks. What a person asks for has the last word.
 */
export function planOver(own: OwnStart, launch: LaunchPlan): LaunchPlan {
  const requirements = launch.requirements
    .map((requirement) => ({ ...requirement, steps: stepsOver(own.spec, requirement, launch.image) }))
    .filter(({ steps }) => steps.length > 0);
  return {
    ...launch,
    own,
    requirements,
    spec: applySteps(
      own.spec,
      requirements.flatMap(({ steps }) => steps),
    ),
    ...(launch.alternative && { alternative: planOver(own, launch.alternative) }),
  };
}

function stepsOver(
  spec: ContainerSpec,
  requirement: Requirement,
  { volumes }: ImageFacts,
): readonly SpecChange[] {
  const { id, steps, advice } = requirement;
  if (id === "option" || id === "debug") return steps;
  const lacking = missing(spec, requirement, volumes);
  // Advice does not take back what the file says itself.
  return advice ? lacking.filter((step) => step.do !== "set" || spec[step.key] === undefined) : lacking;
}

function planFor(
  image: ImageFacts,
  facts: EngineFacts,
  assumed: boolean,
  options: LaunchOptions,
): LaunchPlan {
  const podman = facts.engine === "podman";
  const requirements = [
    cgroupRequirement(image, facts),
    ...(podman ? [] : [tmpfsRun, tmpfsLock(image), tmpfsTmp(image), containerEnv(image)]),
    stopSignal(image, podman),
    program(image, options),
    root(image),
    noInit,
    tty,
    ...workloads(image, facts),
    ...asked(options),
  ].filter((requirement) => requirement !== undefined);
  return {
    image,
    facts,
    options,
    assumed,
    requirements,
    spec: applySteps(
      bareSpec,
      requirements.flatMap(({ steps }) => steps),
    ),
    notes: notes(image, facts),
  };
}

function addTmpfs(path: string, ...options: string[]): SpecChange[] {
  return [{ do: "add", key: "tmpfs", value: { path, options } }];
}

const tmpfsRun: Requirement = {
  id: "tmpfs-run",
  steps: addTmpfs(runPath),
  byPrivilege: true,
  reason: message(
    "plan.tmpfs.run",
    'systemd needs a mount on /run and may not make one itself. Without it PID 1 exits 255: "Failed to mount tmpfs at /run: Operation not permitted".',
  ),
};

function tmpfsLock(image: ImageFacts): Requirement {
  const { family, systemdVersion } = image;
  const debian = family === undefined || family === "debian" || family === "ubuntu";
  const common = { id: "tmpfs-run-lock", steps: addTmpfs(lockPath), byPrivilege: true } as const;
  if (!debian || (systemdVersion !== undefined && systemdVersion >= 258)) {
    const reason = message(
      "plan.tmpfs.lock-harmless",
      "The systemd of Debian and Ubuntu up to 257 needs a mount on /run/lock; this one boots without, and the mount does no harm.",
    );
    return { ...common, reason, advice: true };
  }
  const reason =
    systemdVersion !== undefined && systemdVersion > 252
      ? message(
          "plan.tmpfs.lock-degraded",
          "systemd {version} of Debian and Ubuntu mounts /run/lock by a unit, which fails without the privilege: the system is degraded (run-lock.mount).",
          { version: String(systemdVersion) },
        )
      : message(
          "plan.tmpfs.lock",
          'The systemd of Debian and Ubuntu also needs a mount on /run/lock: without it PID 1 exits 255 up to systemd 252 ("Failed to mount tmpfs at /run/lock"), and 257 is degraded (run-lock.mount).',
        );
  return { ...common, reason };
}

function tmpfsTmp(image: ImageFacts): Requirement {
  return {
    id: "tmpfs-tmp",
    steps: addTmpfs(tmpPath, "exec", "mode=1777"),
    byPrivilege: true,
    advice: image.tmpMount === false || undefined,
    reason:
      image.tmpMount === false
        ? message(
            "plan.tmpfs.tmp-fresh",
            "As on a machine that mounts it, /tmp is empty at each start. `exec` because Docker's tmpfs forbids running programs.",
          )
        : message(
            "plan.tmpfs.tmp",
            "Where the distribution enables tmp.mount (Debian from 13, Fedora), that unit fails without a mount on /tmp and the system is degraded. `exec` because Docker's tmpfs forbids running programs.",
          ),
  };
}

function containerEnv({ containerEnv: value, systemdVersion }: ImageFacts): Requirement | undefined {
  const steps: SpecChange[] = [{ do: "setEnv", name: "container", value: "docker" }];
  if (value === "") {
    const reason = message(
      "plan.env.empty",
      "The image sets `container` to nothing, by which systemd takes itself to be on a machine of its own: it does not stop in time and is killed (exit 137).",
    );
    return { id: "container-env", steps, reason };
  }
  if (value !== undefined || (systemdVersion !== undefined && systemdVersion >= detectsDocker))
    return undefined;
  const reason = message(
    "plan.env.old",
    "systemd below 248 knows Docker only by `container`. Without it, it takes itself to be on a machine of its own: it does not stop in time and is killed (exit 137), and it freezes instead of exiting when it fails.",
  );
  return { id: "container-env", steps, reason };
}

function stopSignal({ stopSignal: signal }: ImageFacts, podman: boolean): Requirement | undefined {
  // Podman stops systemd by the right signal unless the image says otherwise.
  if (signal === undefined ? podman : isRightSignal(signal)) return undefined;
  return {
    id: "stop-signal",
    steps: [{ do: "set", key: "stopSignal", value: rightSignal }],
    reason: message(
      "plan.stop-signal",
      "systemd halts on {right}, not on {signal}: otherwise the engine waits 10 seconds and kills it, and services lose what they have not written (exit 137).",
      { right: rightSignal, signal: signal ?? "SIGTERM" },
    ),
  };
}

function root({ user }: ImageFacts): Requirement | undefined {
  if (user === undefined) return undefined;
  return {
    id: "user",
    steps: [{ do: "set", key: "user", value: "root" }],
    reason: message(
      "plan.user",
      'PID 1 must be root, and the image starts as {user}: systemd then exits 255 ("Failed to allocate manager object").',
      { user },
    ),
  };
}

const noInitSteps: readonly SpecChange[] = [{ do: "set", key: "init", value: false }];

const noInit: Requirement = {
  id: "no-init",
  steps: noInitSteps,
  defaults: noInitSteps,
  reason: message(
    "plan.no-init",
    "systemd must be PID 1 itself: behind an init of the engine it exits 1. Said outright because an engine can be configured to add one to every container.",
  ),
};

const tty: Requirement = {
  id: "tty",
  steps: [{ do: "set", key: "tty", value: true }],
  advice: true,
  reason: message(
    "plan.tty",
    "systemd writes its boot messages to the terminal: without one the log stays empty.",
  ),
};

function workloads(image: ImageFacts, facts: EngineFacts): Requirement[] {
  return unmetNeeds(image.needs, facts)
    .filter(({ withheld }) => !withheld)
    .map((need) => ({
      id: "workload",
      steps: stepsOf(need),
      reason: need.reason,
      cost: need.capabilities.includes("SYS_ADMIN")
        ? message("plan.workload.sys-admin-cost", "SYS_ADMIN is close to root on the host.")
        : need.capabilities.includes("SYS_TIME")
          ? message("plan.workload.sys-time-cost", "The clock that it sets is the host's.")
          : undefined,
      byPrivilege: true,
    }));
}

function notes(image: ImageFacts, facts: EngineFacts): Message[] {
  const withheld = unmetNeeds(image.needs, facts).filter((need) => need.withheld);
  const found = withheld.map(({ reason }) => reason);
  if (facts.engine !== "docker") return found;
  if (withheld.some(({ directory }) => directory !== undefined) && facts.version && atLeast(facts, 29, 5)) {
    found.push(
      message(
        "plan.note.time-namespace",
        "Docker 29.5 and newer give each container a private time namespace, with which Sysbox 0.7 does not start.",
      ),
    );
  }
  if (facts.cgroupVersion === 1 && atLeast(facts, 29)) {
    found.push(
      message("plan.note.cgroup-v1", "Docker 29 deprecates cgroup v1 and drops it no later than May 2029."),
    );
  }
  if (facts.usernsRemap) {
    found.push(
      message(
        "plan.note.userns-remap",
        "With userns-remap Docker mounts the cgroup tree writable and refuses writable-cgroups. Whether the remapped root may write there depends on the cgroup driver: with cgroupfs systemd does not boot by any flags (exit 255, measured on Docker 28.5); with the systemd driver it is untested.",
      ),
    );
  }
  if (facts.seLinux) {
    found.push(
      message(
        "plan.note.selinux",
        "SELinux keeps containers of Docker from writing to control groups: allow it on the host by `setsebool -P container_manage_cgroup 1`.",
      ),
    );
  }
  return found;
}
