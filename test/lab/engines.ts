import type { Debian } from "./debian";

/** An engine that the lab can bring up. */
export interface EngineKind {
  engine: "docker" | "podman";
  /** Beginning of the version that the suite's package must have; a newer one is another engine. */
  version: string;
  /** What it runs on, without that both. */
  cgroups?: readonly (1 | 2)[];
  root: Debian;
}

const docker = ["docker.io", "iptables", "ca-certificates", "procps"];
/** What Podman needs. */
const beside = ["docker-compose", "iptables", "ca-certificates", "procps"];
const dockerClients = ["docker-cli", "docker-buildx", "docker-compose"];

/** By name, without the cgroup version: `docker@28` is brought up as `docker@28/v1` or `docker@28/v2`. */
const kinds: Readonly<Record<string, EngineKind>> = {
  "docker@20": { engine: "docker", version: "20.10.", root: rootOf("docker-20", "bookworm", docker) },
  "docker@26": {
    engine: "docker",
    version: "26.1.",
    root: rootOf("docker-26", "trixie", [...docker, ...dockerClients]),
  },
  "docker@28": {
    engine: "docker",
    version: "28.",
    root: rootOf("docker-28", "sid", [...docker, ...dockerClients]),
  },
  "podman@5": {
    engine: "podman",
    version: "5.",
    root: rootOf("podman-5", "sid", ["podman", ...beside]),
  },
  "podman@6": {
    engine: "podman",
    version: "6.",
    // On another it ends at once: "Cgroups v1 not supported".
    cgroups: [2],
    root: rootOf("podman-6", "sid", ["podman/experimental", ...beside]),
  },
};

function rootOf(name: string, suite: Debian["suite"], packages: readonly string[]): Debian {
  return { name, suite, packages, as: "folder" };
}

/** Names that `startEngine` takes: Docker 20.10, 26.1, 28 and Podman 5, each on cgroup v1 and v2; Podman 6 on v2. */
export const engineNames: readonly string[] = Object.entries(kinds).flatMap(([name, { cgroups = [2, 1] }]) =>
  cgroups.map((cgroup) => `${name}/v${cgroup}`),
);

/** Reads an engine's name; undefined when there is no such engine. */
export function readEngineName(name: string): { kind: EngineKind; cgroupVersion: 1 | 2 } | undefined {
  const [, kind = "", version] = /^(.+)\/v([12])$/.exec(name) ?? [];
  const found = engineNames.includes(name) ? kinds[kind] : undefined;
  return found && { kind: found, cgroupVersion: version === "1" ? 1 : 2 };
}
