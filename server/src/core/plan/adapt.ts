import { message } from "../base/message";
import type { Mount, SpecChange } from "../container/spec";
import type { EngineFacts, Target } from "../engine";
import { bootsOnCgroup } from "../systemd/cgroup-version";
import { cgroupPath, isCgroupRoot } from "../systemd/paths";
import type { ImageFacts, Refusal, Requirement } from "./types";

/** The first Docker version with `writable-cgroups`, which is assumed if no version is specified. */
const assumedFacts = { engine: "docker", version: "28.0.0", cgroupVersion: 2 } as const satisfies EngineFacts;

/** The first Docker version with configurable cgroup namespaces (and with cgroup v2). */
const olderDocker = "20.10.0";

/** Fills in what was not specified; `assumed` is true if the cgroup recipe depends on it. */
export function assume(image: ImageFacts, target: Target): { facts: EngineFacts; assumed: boolean } {
  if (!target) return { facts: assumedFacts, assumed: true };
  if (target.engine === "podman") return { facts: target, assumed: false };
  const facts = {
    ...target,
    version: target.version ?? assumedFacts.version,
    cgroupVersion: target.cgroupVersion ?? assumedFacts.cgroupVersion,
  };
  const unstated = target.version === undefined || target.cgroupVersion === undefined;
  return { facts, assumed: unstated && takesWritableCgroups(image, facts) };
}

/** The same engine, but with a Docker version that does not support `writable-cgroups`. */
export function older(facts: EngineFacts): EngineFacts {
  return { ...facts, version: olderDocker };
}

/** Whether `writable-cgroups` is the recipe: the engine supports it, and no volume covers the cgroup tree. */
export function takesWritableCgroups(image: ImageFacts, facts: EngineFacts): boolean {
  return hasWritableCgroups(facts) && !hidesCgroups(image);
}

/** Whether the engine supports `writable-cgroups`: Docker 28, cgroup 2, rootful, without userns-remap. */
export function hasWritableCgroups(facts: EngineFacts): boolean {
  return (
    facts.engine === "docker" &&
    facts.cgroupVersion === 2 &&
    atLeast(facts, 28) &&
    !facts.rootless &&
    !facts.usernsRemap
  );
}

/** Whether a VOLUME of the image covers the cgroup tree with an empty directory. */
export function hidesCgroups({ volumes }: ImageFacts): boolean {
  return volumes.some(isCgroupRoot);
}

/** Whether the version of an engine is at least the given one. A version that cannot be parsed counts as new. */
export function atLeast({ version }: EngineFacts, major: number, minor = 0): boolean {
  const [, readMajor, readMinor = "0"] = /^v?(\d+)(?:\.(\d+))?/.exec(version ?? "") ?? [];
  if (readMajor === undefined) return true;
  return Number(readMajor) > major || (Number(readMajor) === major && Number(readMinor) >= minor);
}

const noSystemd: Refusal = {
  refused: message(
    "plan.refused.no-systemd-distribution",
    "This distribution does not provide systemd, so systemd cannot boot, whatever options are used. Use another base image: Debian, Ubuntu, Fedora, AlmaLinux or openSUSE.",
  ),
};

/** Why this image cannot boot on this engine with any flags; undefined if it can. */
export function refusal(
  { systemdVersion, family }: ImageFacts,
  facts: EngineFacts,
  assumed: boolean,
): Refusal | undefined {
  const { cgroupVersion } = facts;
  if (family === "none") return noSystemd;
  if (facts.engine === "docker" && facts.rootless && cgroupVersion === 1) {
    return {
      refused: message(
        "plan.refused.rootless-v1",
        "Rootless Docker cannot give a container a cgroup tree on a cgroup v1 host. Use a host with cgroup v2, or the rootful engine.",
      ),
    };
  }
  if (facts.engine === "podman" && cgroupVersion === 1 && facts.version !== undefined && atLeast(facts, 6)) {
    return {
      refused: message(
        "plan.refused.podman-v1",
        'Podman {version} does not support cgroup v1 ("Cgroups v1 not supported"). Use a host with cgroup v2, or Podman 5.',
        { version: facts.version },
      ),
    };
  }
  if (facts.namedHierarchy === false) {
    return {
      refused: message(
        "plan.refused.hybrid",
        "This host has cgroup v1 without the name=systemd hierarchy, which systemd cannot mount in a container (exit code 255). Mount it on the host: `mkdir -p {path} && mount -t cgroup -o none,name=systemd cgroup {path}`; or use cgroup v2 (WSL: kernelCommandLine=cgroup_no_v1=all in .wslconfig).",
        { path: `${cgroupPath}/systemd` },
      ),
    };
  }
  if (systemdVersion === undefined) return undefined;
  const version = String(systemdVersion);
  if (cgroupVersion === 2 && !bootsOnCgroup(systemdVersion, 2)) {
    const where = assumed
      ? message("plan.refused.assumed-v2", "on cgroup v2, which is assumed here")
      : message("plan.refused.host-v2", "on this host, which has cgroup v2");
    return {
      refused: message(
        "plan.refused.old-systemd",
        "systemd {version} cannot boot {where}. cgroup v2 requires systemd 230 or later, whatever flags are used. Use a newer release of the base image, or a host with cgroup v1.",
        { version, where },
      ),
    };
  }
  if (cgroupVersion === 1 && !bootsOnCgroup(systemdVersion, 1)) {
    return {
      refused: message(
        "plan.refused.new-systemd",
        "systemd {version} cannot boot on this cgroup v1 host: systemd 258 removed support for cgroup v1 (exit code 255). Use a host with cgroup v2, or an image with systemd 257 or older.",
        { version },
      ),
    };
  }
  return undefined;
}

const bind = (more: Partial<Mount> = {}): SpecChange => ({
  do: "add",
  key: "mounts",
  value: { type: "bind", source: cgroupPath, target: cgroupPath, readOnly: false, ...more },
});
const namespace = (value: "host" | "private"): SpecChange => ({ do: "set", key: "cgroupNamespace", value });
const writableCgroups: SpecChange = { do: "add", key: "securityOptions", value: "writable-cgroups=true" };

const hostTreeCost = message(
  "plan.cgroup.host-cost",
  "The container sees the host's entire cgroup tree, and its root user can write to it.",
);

/** How to give a container a writable cgroup tree on this engine; undefined if no flag is needed. */
export function cgroupRequirement(image: ImageFacts, facts: EngineFacts): Requirement | undefined {
  if (facts.engine === "podman") return podmanMode(image, facts);
  // With userns-remap, the engine mounts the tree writable and rejects the option; the bind mount does not help.
  if (facts.usernsRemap) return undefined;
  if (takesWritableCgroups(image, facts)) {
    return {
      id: "cgroup-writable",
      steps: [writableCgroups, namespace("private")],
      defaults: [namespace("private")],
      alternatives: [[bind(), namespace("host")]],
      byPrivilege: true,
      reason: message(
        "plan.cgroup.writable",
        "systemd creates a cgroup for itself and each unit, but Docker mounts the cgroup tree read-only. This option makes the container's part of the tree writable without exposing the host's tree. Without the option, PID 1 exits with code 255: \"Failed to create /init.scope control group: Read-only file system\".",
      ),
    };
  }
  if (facts.cgroupVersion === 1) return versionOne(image, facts);
  return {
    id: "cgroup-writable",
    // Docker before 20.10 always uses the host's namespace.
    steps: atLeast(facts, 20, 10) ? [bind(), namespace("host")] : [bind()],
    byPrivilege: !hidesCgroups(image),
    reason: hostReason(image, facts),
    cost: hostTreeCost,
  };
}

function hostReason(image: ImageFacts, facts: EngineFacts) {
  if (hidesCgroups(image)) {
    return message(
      "plan.cgroup.volume",
      "VOLUME /sys/fs/cgroup in the image covers the cgroup tree with an empty directory, so writable-cgroups has no effect (exit code 255). The host's tree must be mounted over the volume. To avoid this, remove the VOLUME.",
    );
  }
  if (facts.rootless) {
    return message(
      "plan.cgroup.rootless",
      "systemd creates cgroups, but rootless Docker does not support writable-cgroups. Instead, the user's delegated tree is mounted in the host's cgroup namespace. The user needs a delegated tree (`loginctl enable-linger`) and the systemd cgroup driver.",
    );
  }
  return message(
    "plan.cgroup.host",
    "systemd creates cgroups, but Docker before 28 cannot make the container's part of the tree writable. Instead, the host's tree is mounted read-write in the host's cgroup namespace. In a private namespace, the paths of the cgroups do not exist (exit code 255).",
  );
}

/** Recipes for cgroup 1, measured on Docker 20.10, 26.1 and 28.5 with systemd 247, 252 and 257. */
function versionOne(image: ImageFacts, facts: EngineFacts): Requirement {
  const configurable = atLeast(facts, 20, 10);
  const others = [bind({ readOnly: true, recursive: "writable" })];
  // Before Docker 25, a read-only bind mount was not recursive.
  if (!atLeast(facts, 25)) others.push(bind({ readOnly: true }));
  if (atLeast(facts, 28) && !hidesCgroups(image)) others.push(writableCgroups);
  return {
    id: "cgroup-writable",
    steps: configurable ? [bind(), namespace("host")] : [bind()],
    defaults: configurable ? [namespace("host")] : [],
    alternatives: others.map((step) => (configurable ? [step, namespace("host")] : [step])),
    byPrivilege: !hidesCgroups(image),
    reason: message(
      "plan.cgroup.v1",
      "systemd creates cgroups under /sys/fs/cgroup/systemd, but Docker mounts the tree read-only. On cgroup v1 the host's tree must be mounted read-write; since Docker 25, a read-only mount no longer works (exit code 255).",
    ),
    cost: hostTreeCost,
  };
}

/** The commands that Podman recognizes as systemd (pkg/specgen/generate/container_create.go). */
const podmanInits = new Set(["/sbin/init", "/usr/sbin/init", "/usr/local/sbin/init"]);

/** Whether Podman looks inside `/bin/sh -c`, which the shell form adds. Podman 4.1 and later do. */
export function podmanReadsShell(facts: EngineFacts): boolean {
  return atLeast(facts, 4, 1);
}

/** Whether Podman recognizes systemd in this argv. */
export function podmanDetects(argv: readonly string[], facts: EngineFacts): boolean {
  const inShell = argv[0] === "/bin/sh" && argv[1] === "-c" && podmanReadsShell(facts);
  const own = inShell ? argv.slice(2) : argv;
  const program = own[0] ?? "";
  return podmanInits.has(program) || program.slice(program.lastIndexOf("/") + 1) === "systemd";
}

function podmanMode({ argv, command }: ImageFacts, facts: EngineFacts): Requirement | undefined {
  const words = command ?? argv;
  if (words === undefined || words.length === 0 || podmanDetects(words, facts)) return undefined;
  return {
    id: "cgroup-writable",
    steps: [{ do: "set", key: "systemd", value: "always" }],
    reason: message(
      "plan.podman.always",
      "Podman sets up the cgroup tree, /run, /run/lock, /tmp and the stop signal when it recognizes the command as an init. It does not recognize `{program}`.",
      { program: words[0] ?? "" },
    ),
    cost: message(
      "plan.podman.always-cost",
      "Podman's Docker-compatible API (`docker run`, `docker compose`) does not support this option: start this image with `podman run` or from the editor.",
    ),
  };
}
