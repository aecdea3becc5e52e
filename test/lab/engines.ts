import type { Debian } from "./debian";

/** An engine that the lab can bring up. */
export interface EngineKind {
  engine: "docker" | "podman";
  /** Beginning of the version that the suite's package must have; a newer one is another engine. */
  version: string;
  root: Debian;
}

const docker = ["docker.io", "iptables", "ca-certificates", "procps"];
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
    root: rootOf("podman-5", "sid", ["podman", "docker-compose", "iptables", "ca-certificates", "procps"]),
  },
};

function rootOf(name: string, suite: Debian["suite"], packages: readonly string[]): Debian {
  return { name, suite, packages, as: "folder" };
}

/** Names that `startEngine` takes: Docker 20.10, 26.1, 28 and Podman 5, each on cgroup v1 and v2. */
export const engineNames: readonly string[] = Object.keys(kinds).flatMap((kind) => [
  `${kind}/v2`,
  `${kind}/v1`,
]);

/** Reads an engine's name; undefined when there is no such engine. */
export function readEngineName(name: string): { kind: EngineKind; cgroupVersion: 1 | 2 } | undefined {
  const [, kind = "", version] = /^(.+)\/v([12])$/.exec(name) ?? [];
  const found = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
  return found && { kind: found, cgroupVersion: version === "1" ? 1 : 2 };
}
