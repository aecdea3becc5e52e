import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { EngineFacts } from "../../server/src/core/engine";
import { debian } from "./debian";
import { type EngineKind, engineNames, readEngineName } from "./engines";
import { readFacts } from "./facts";
import { answers, draftState, keep } from "./keep";
import { obstacle } from "./machine";
import { type Result, type RunOptions, run } from "./process";
import { importImage, once, pullImage } from "./provide";
import { markLasting, stateRoot, states, sweep } from "./state";

/** A container engine that tests may use. */
export interface Engine {
  /** `docker@28/v2`, or the address of an engine that was there already. */
  name: string;
  /** Path of the socket of its Docker-compatible API, or the address as DOCKER_HOST has it. */
  socket: string;
  facts: EngineFacts;
  /**
   * Runs the engine's own client (`docker`, `docker compose`, `podman`) inside its namespaces. Visible there
   * at their own paths are the directory for temporary files and this repository.
   */
  exec(argv: readonly string[], options?: RunOptions): Promise<Result>;
  /** The command line on the host that runs `argv` inside its namespaces, in the root directory. */
  argv(argv: readonly string[]): readonly string[];
  /** Sees to it that an image is there: `debian:12` (no systemd, as on Docker Hub), `systemd-test:252`, … */
  ensureImage(reference: string): Promise<void>;
  /** The end of what it reported: why it ended, when it did. */
  log(): string;
  /** Ends it with all that it runs, and resolves when nothing of it is left. */
  stop(): Promise<void>;
}

/** What can't be had here, and why. */
export interface Skipped {
  skipped: string;
}

/** The engine that claims are measured on first. */
export const reference = "docker@28/v2";
const repository = resolve(import.meta.dirname, "../..");

/**
 * Starts an engine that lives no longer than this process. The first time its root is made, which takes half
 * a minute; later it is up in about 2 s. With SYSTEMD_CONTAINERS_DOCKER_HOST set, that engine takes the place
 * of the reference engine. Rejects when an engine that this host should be able to run does not come up.
 */
export async function startEngine(name = reference): Promise<Engine | Skipped> {
  const host = process.env.SYSTEMD_CONTAINERS_DOCKER_HOST;
  if (host && name === reference) return externalEngine(host);
  return launch(name, false);
}

/** Starts an engine that survives this process, until `down`. */
export function startLastingEngine(name: string): Promise<Engine | Skipped> {
  return launch(name, true);
}

/** The engine of that name that `startLastingEngine` left up, if there is one. */
export async function runningEngine(name: string): Promise<Engine | undefined> {
  const state = (await states()).find((it) => it.alive && it.lasting && it.name === name);
  return state && attach(state.folder, name, notOurs);
}

/** Whether the lab's engines see that path. */
export function isVisible(path: string): boolean {
  return [tmpdir(), repository].some((folder) => `${resolve(path)}/`.startsWith(`${folder}/`));
}

export function isSkipped(engine: Engine | Skipped): engine is Skipped {
  return "skipped" in engine;
}

async function launch(name: string, lasting: boolean): Promise<Engine | Skipped> {
  const wanted = readEngineName(name);
  if (!wanted) throw new Error(`There is no engine ${name}. There are: ${engineNames.join(", ")}`);
  const { kind, cgroupVersion } = wanted;
  const reason = await obstacle(cgroupVersion);
  if (reason) return { skipped: `${name}: ${reason}` };
  await sweep();
  const root = await debian(kind.root).catch((error: Error) => error);
  if (root instanceof Error) return { skipped: `${name}: its packages can't be had here: ${root.message}` };

  const draft = await draftState(name, cgroupVersion);
  const folder = join(stateRoot, draft.id);
  const started = keep([draft.folder, folder, root, kind.engine, `${cgroupVersion}`, tmpdir(), repository]);
  try {
    await Promise.race([answers(join(folder, "engine.sock")), started.ended]);
    const engine = await attach(folder, name, started);
    const other = otherThan(kind, engine.facts);
    if (!other) {
      if (lasting) {
        markLasting(folder);
        started.release();
      }
      return engine;
    }
    await started.stop();
    return { skipped: `${name}: ${other}` };
  } catch (error) {
    await started.stop();
    throw new Error(`${name} did not come up: ${(error as Error).message}\n${started.log()}`);
  }
}

function otherThan(kind: EngineKind, { version = "" }: EngineFacts): string | undefined {
  if (version.startsWith(kind.version)) return undefined;
  return `Debian ${kind.root.suite} has ${kind.engine} ${version} by now`;
}

/** An engine that someone else started, and that goes on. */
const notOurs = { stop: () => Promise.resolve(), log: () => "" };

async function attach(
  folder: string,
  name: string,
  { stop, log }: Pick<Engine, "stop" | "log">,
): Promise<Engine> {
  const socket = join(folder, "engine.sock");
  const pid = (await readFile(join(folder, "pid"), "utf8")).trim();
  const inside = (cwd: string, argv: readonly string[]) => [
    ...["sh", "-euc", enter, "sh", folder, pid, cwd],
    ...argv,
  ];
  const exec: Engine["exec"] = (argv, options = {}) =>
    run(inside(options.cwd ?? process.cwd(), argv), {
      ...options,
      cwd: "/",
      // Docker 20.10 has BuildKit, but does not use it unasked.
      env: { DOCKER_HOST: `unix://${socket}`, DOCKER_BUILDKIT: "1", ...options.env },
    });
  const facts = await readFacts(exec, name.startsWith("podman") ? "podman" : "docker");
  const ensureImage = once((image: string) => importImage(exec, facts.engine, image));
  return { name, socket, facts, exec, argv: (argv) => inside("/", argv), ensureImage, stop, log };
}

/** Joins the engine's control groups first: nothing that it is asked to do happens outside of them. */
const enter = `
  folder=$1 pid=$2
  shift 2
  while read -r group; do echo $$ >"$group/lab-engine/cgroup.procs"; done <"$folder/cgroups"
  export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root PODMAN_IGNORE_CGROUPSV1_WARNING=1
  exec nsenter --target "$pid" --mount --pid --cgroup sh -euc 'cd "$1"; shift; exec "$@"' sh "$@"
`;

async function externalEngine(host: string): Promise<Engine> {
  const exec: Engine["exec"] = (argv, options = {}) =>
    run(argv, { ...options, env: { DOCKER_HOST: host, ...options.env } });
  const facts = await readFacts(exec, "docker");
  const ensureImage = once((image: string) => pullImage(exec, image));
  const socket = host.replace(/^unix:\/\//, "");
  return { name: host, socket, facts, exec, argv: (argv) => argv, ensureImage, ...notOurs };
}
