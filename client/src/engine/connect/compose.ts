import { execFile } from "node:child_process";
import type { EngineFacts } from "../../../../server/src/protocol";
import type { Invocation } from "../../ports/launching";
import type { Endpoint } from "./endpoints";

/** The programs that provide Compose, the engine's own first. All of them go where the environment points. */
const programs: Readonly<Record<EngineFacts["engine"], readonly (readonly string[])[]>> = {
  docker: [["docker", "compose"], ["docker-compose"]],
  podman: [["podman", "compose"], ["docker", "compose"], ["podman-compose"]],
};

type Run = (command: string, args: readonly string[], env: Invocation["env"]) => Promise<boolean>;

/** Finds a compose that is installed here for the engine at an endpoint; undefined where none answers. */
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
 * Certificates of a docker context are named by the context alone; those of the environment are in there
 * already. Podman looks for its engine in CONTAINER_HOST, the compose that it calls in DOCKER_HOST.
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
