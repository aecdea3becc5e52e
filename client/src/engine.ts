import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { boot } from "./engine/boot";
import { build } from "./engine/build";
import { attemptLine, type Connection, connect as findEngine } from "./engine/connect";
import { listContainers, removeContainer, startContainer, stopContainer } from "./engine/containers";
import type { World } from "./engine/endpoints";
import { fault } from "./engine/errors";
import { reportNow } from "./engine/report";
import { openShell } from "./engine/shell";
import type { Engine } from "./ports";

/** Entry of the engine bundle, which the client loads on the first command that needs an engine. */

export interface ConnectOptions {
  /** The address in the settings; without it the engine is looked for. */
  readonly host?: string;
  readonly signal?: AbortSignal;
}

/** Finds the engine of this machine and connects; rejects with a fault that lists what was tried. */
export async function connect(options: ConnectOptions = {}, world: World = machine): Promise<Engine> {
  const found = await findEngine(world, options);
  if ("docker" in found) return engineOf(found);
  const tried = found.tried.map(attemptLine);
  const denied = found.tried.find(({ reason }) => reason === "permission denied");
  if (denied) {
    const { url } = denied.endpoint;
    throw fault("permission", `This user may not open ${url}.`, { hint: denied.hint, tried });
  }
  throw fault("no-engine", "No container engine answers.", {
    hint: "Start Docker or Podman, or name the engine's address in the settings.",
    tried,
  });
}

function engineOf(connection: Connection): Engine {
  const { docker, name, facts } = connection;
  return {
    name,
    facts,
    build: (request, print, signal) => build(connection, request, print, signal),
    start: (request, signal) => startContainer(connection, request, signal),
    boot: ({ id }, seconds, report, signal) => boot(docker, { id, seconds }, report, signal),
    report: ({ id }) => reportNow(docker, id),
    containers: () => listContainers(docker),
    stop: ({ id }) => stopContainer(docker, id),
    remove: ({ id }) => removeContainer(docker, id),
    shell: ({ id }, size) => openShell(docker, id, size),
  };
}

const machine: World = {
  env: process.env,
  platform: process.platform,
  home: homedir(),
  readFile: (path) => readFile(path).catch(() => undefined),
};
