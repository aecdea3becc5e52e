import { createHash } from "node:crypto";
import { existsSync, realpathSync, writeFileSync } from "node:fs";
import { readdir, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { run } from "./process";

/**
 * Where the state directories of a checkout's engines are, each with its data, socket and lock. Another checkout has
 * another directory: it neither sees these engines nor ends them. Short, because a socket's path may have 107 bytes.
 */
export function stateRootOf(checkout: string, temporary = tmpdir()): string {
  const digest = createHash("sha256").update(realpathSync(checkout)).digest("hex");
  return join(temporary, "systemd-containers-lab", digest.slice(0, 8));
}

/** The state directories of this checkout's engines. */
export const stateRoot = stateRootOf(resolve(import.meta.dirname, "../.."));

/** Begins the name of a state directory that no keeper has taken over yet. */
export const draftPrefix = ".new-";

export const keeper = join(import.meta.dirname, "keeper.sh");

/** An engine that was started, by this process or another. */
export interface State {
  folder: string;
  /** As `startEngine` was asked: `docker@28/v2`. */
  name: string;
  /** Whether its keeper process is still running. If not, a crash left this state behind. */
  alive: boolean;
  /** It survives the process that started it, until `down`. */
  lasting: boolean;
}

export async function states(): Promise<State[]> {
  const names = await readdir(stateRoot).catch(() => []);
  const found = await Promise.all(
    names.filter((name) => !name.startsWith(".")).map((name) => readState(join(stateRoot, name))),
  );
  return found.filter((state) => state !== undefined);
}

async function readState(folder: string): Promise<State | undefined> {
  const name = await readFile(join(folder, "name"), "utf8").catch(() => undefined);
  if (name === undefined) return undefined;
  return {
    folder,
    name: name.trim(),
    alive: await isLocked(join(folder, "lock")),
    lasting: isLasting(folder),
  };
}

const lastingMark = "lasting";

function isLasting(folder: string): boolean {
  return existsSync(join(folder, lastingMark));
}

export function markLasting(folder: string): void {
  writeFileSync(join(folder, lastingMark), "");
}

/** The keeper has the lock as long as it lives; the kernel lets go of it whatever ends it. */
async function isLocked(lock: string): Promise<boolean> {
  if (!existsSync(lock)) return false;
  return (await run(["flock", "--nonblock", lock, "true"])).code !== 0;
}

/** Ends an engine, or removes what a crash left of it: processes, control groups, directory. Safe to repeat. */
export async function clean({ folder }: State): Promise<void> {
  await run(["sh", keeper, "clean", folder]);
}

/** Removes what crashes left. Engines that live, and those that are being started, are left alone. */
export async function sweep(): Promise<void> {
  for (const name of await readdir(stateRoot).catch(() => [])) {
    if (!name.startsWith(draftPrefix)) continue;
    const draft = join(stateRoot, name);
    const { mtimeMs } = await stat(draft).catch(() => ({ mtimeMs: Date.now() }));
    if (Date.now() - mtimeMs > 60_000) await rm(draft, { recursive: true, force: true });
  }
  for (const state of await states()) if (!state.alive) await clean(state);
}
