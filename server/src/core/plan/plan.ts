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
 * The least-privilege way to start an image whose PID 1 is systemd on an engine, with a reason for each requirement;
 * a refusal if no flags make it boot. Without a target, Docker 28 on cgroup v2 is assumed. The user's options come
 * last and take precedence.
 */
export function plan(image: ImageFacts, target: Target, options: LaunchOptions = {}): LaunchPlan | Refusal {
  const { facts, assumed } = assume(image, target);
  const refused = refusal(image, facts, assumed) ?? optionProblem(options);
  if (refused) return refused;
  const first = planFor(image, facts, assumed, options);
  if (!takesWritableCgroups(image, facts)) return first;
  return { ...first, alternative: planFor(image, older(facts), assumed, options) };
}

/** Whether a result is a plan rather than a refusal. */
export function isPlan(result: LaunchPlan | Refusal): result is LaunchPlan {
  return !("refused" in result);
}

/**
 * A plan for a container that a file starts: its settings are kept, and only the missing requirements are added. The
 * user's options take precedence.
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
  // Advice does not change settings of the file.
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
    'systemd needs a tmpfs on /run, but is not permitted to mount one in the container. Without it, PID 1 exits with code 255: "Failed to mount tmpfs at /run: Operation not permitted".',
  ),
};

function tmpfsLock(image: ImageFacts): Requirement {
  const { family, systemdVersion } = image;
  const debian = family === undefined || family === "debian" || family === "ubuntu";
  const common = { id: "tmpfs-run-lock", steps: addTmpfs(lockPath), byPrivilege: true } as const;
  if (!debian || (systemdVersion !== undefined && systemdVersion >= 258)) {
    const reason = message(
      "plan.tmpfs.lock-harmless",
      "On Debian and Ubuntu, systemd up to 257 needs a mount on /run/lock. This image boots without one, but the mount is harmless.",
    );
    return { ...common, reason, advice: true };
  }
  const reason =
    systemdVersion !== undefined && systemdVersion > 252
      ? message(
          "plan.tmpfs.lock-degraded",
          "On Debian and Ubuntu, systemd {version} mounts /run/lock with the unit run-lock.mount. The container does not permit the mount, so the unit fails and the system is degraded.",
          { version: String(systemdVersion) },
        )
      : message(
          "plan.tmpfs.lock",
          'On Debian and Ubuntu, systemd also needs a mount on /run/lock. Without it, systemd up to 252 exits with code 255 ("Failed to mount tmpfs at /run/lock"), and systemd 257 boots degraded because run-lock.mount fails.',
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
            "Provides an empty /tmp at each start. `exec` is needed because Docker mounts tmpfs with noexec by default.",
          )
        : message(
            "plan.tmpfs.tmp",
            "If the distribution enables tmp.mount (Debian 13 and later, Fedora), that unit fails and the system is degraded, unless /tmp is already a mount point. `exec` is needed because Docker mounts tmpfs with noexec by default.",
          ),
  };
}

function containerEnv({ containerEnv: value, systemdVersion }: ImageFacts): Requirement | undefined {
  const steps: SpecChange[] = [{ do: "setEnv", name: "container", value: "docker" }];
  if (value === "") {
    const reason = message(
      "plan.env.empty",
      "The image sets `container` to an empty value, which disables container detection: systemd then does not shut down in time and is killed (exit code 137).",
    );
    return { id: "container-env", steps, reason };
  }
  if (value !== undefined || (systemdVersion !== undefined && systemdVersion >= detectsDocker))
    return undefined;
  const reason = message(
    "plan.env.old",
    "systemd before 248 detects Docker only from the `container` environment variable. Without it, systemd does not shut down in time and is killed (exit code 137), and on a fatal error it freezes instead of exiting.",
  );
  return { id: "container-env", steps, reason };
}

function stopSignal({ stopSignal: signal }: ImageFacts, podman: boolean): Requirement | undefined {
  // Podman sends the correct stop signal unless the image sets another one.
  if (signal === undefined ? podman : isRightSignal(signal)) return undefined;
  return {
    id: "stop-signal",
    steps: [{ do: "set", key: "stopSignal", value: rightSignal }],
    reason: message(
      "plan.stop-signal",
      "systemd shuts down on {right}, not on {signal}. With the wrong signal, the engine kills it after 10 seconds (exit code 137), and services can lose unsaved data.",
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
      'systemd must run as root, but the image sets USER {user}. As that user, PID 1 exits with code 255 ("Failed to allocate manager object").',
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
    "systemd must be PID 1; under the engine's init it exits with code 1. This is set explicitly because the daemon can be configured to add an init to every container.",
  ),
};

const tty: Requirement = {
  id: "tty",
  steps: [{ do: "set", key: "tty", value: true }],
  advice: true,
  reason: message(
    "plan.tty",
    "systemd writes its boot messages to the TTY. Without a TTY, the container's log stays empty.",
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
        ? message("plan.workload.sys-admin-cost", "SYS_ADMIN is almost equivalent to root on the host.")
        : need.capabilities.includes("SYS_TIME")
          ? message("plan.workload.sys-time-cost", "Root can set the host's clock.")
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
        "Docker 29.5 and later give each container a private time namespace, which Sysbox 0.7 does not support.",
      ),
    );
  }
  if (facts.cgroupVersion === 1 && atLeast(facts, 29)) {
    found.push(
      message(
        "plan.note.cgroup-v1",
        "Docker 29 deprecates cgroup v1. Support will be removed no later than May 2029.",
      ),
    );
  }
  if (facts.usernsRemap) {
    found.push(
      message(
        "plan.note.userns-remap",
        "With userns-remap, Docker mounts the cgroup tree writable and rejects writable-cgroups. Whether the remapped root user can write to the tree depends on the cgroup driver. With cgroupfs, systemd does not boot, whatever flags are used (exit code 255, measured on Docker 28.5); the systemd driver is untested.",
      ),
    );
  }
  if (facts.seLinux) {
    found.push(
      message(
        "plan.note.selinux",
        "SELinux does not let Docker containers write to cgroups. Allow it on the host with `setsebool -P container_manage_cgroup 1`.",
      ),
    );
  }
  return found;
}
