import { execFile } from "node:child_process";
import type { EngineFacts } from "../../../../server/src/protocol";
import type { Invocation } from "../../ports/launching";
import type { Endpoint } from "./endpoints";

/**
 * The programs that provide Compose, the engine's own first. All of them use the engine that the environment names.
 */
const programs: Readonly<Record<EngineFacts["engine"], readonly (readonly string[])[]>> = {
  docker: [["docker", "compose"], ["docker-compose"]],
  podman: [["podman", "compose"], ["docker", "compose"], ["podman-compose"]],
};

type Run = (command: string, args: readonly string[], env: Invocation["env"]) => Promise<boolean>;

/** Finds a Compose program on this host that works for the engine at an endpoint; undefined if there is none. */
export async function findCompose(
  engine: EngineFacts["engine"],
  endpoint: Pick<Endpoint, "url" | "context">,
  signal: AbortSignal,
  run: Run = answers(signal),
): Promise<Invocation | undefined> {
  const env = environmentFor(engine, endpoint);
  for (const [command = "", ...args] of programs[engine]) {
    signal.throwIfAborted();
    if (await run(command, [...args, "version"], env)) return { command, args, env };
  }
  return undefined;
}

/**
 * The environment that makes Compose use the engine. The certificates of a Docker context can only be passed by the
 * context's name; those from the environment are inherited. Podman reads CONTAINER_HOST, and the Compose program that
 * it runs reads DOCKER_HOST.
 */
function environmentFor(
  engine: EngineFacts["engine"],
  { url, context }: Pick<Endpoint, "url" | "context">,
): Invocation["env"] {
  if (context !== undefined) return { DOCKER_CONTEXT: context, DOCKER_HOST: "" };
  return engine === "podman" ? { DOCKER_HOST: url, CONTAINER_HOST: url } : { DOCKER_HOST: url };
}

function answers(signal: AbortSignal): Run {
  return (command, args, env) =>
    new Promise((resolve) => {
      const options = { env: { ...process.env, ...env }, timeout: 10_000, windowsHide: true, signal };
      execFile(command, [...args], options, (error) => resolve(error === null));
    });
}
