import { randomBytes } from "node:crypto";
import { hostname } from "node:os";
import type { Engine, Labelled } from "../../../../client/src/ports";
import type { EngineFacts } from "../../protocol";

/** The label on everything that `boot` creates. Its value is the mark of the run. */
export const bootLabel = "dev.systemd-containers.boot";

/** The number of seconds after the time-out by which a run has certainly ended. */
const surely = 60;

/** A mark identifies a run by the time by which it has certainly ended, the host, and the process. */
export interface Mark {
  readonly value: string;
  /** Part of the names of everything that the run creates. */
  readonly id: string;
}

/** The mark of a new run. It also records whether the container is kept on purpose. */
export function newMark(seconds: number, keep: boolean): Mark {
  const id = randomBytes(5).toString("hex");
  const until = Math.ceil(Date.now() / 1000 + seconds + surely);
  return { id, value: keep ? `kept/${id}` : `${until}/${hostname()}/${process.pid}/${id}` };
}

/** The labeled items left by runs that have ended: their time is over, or their process on this host is gone. */
export function leftOvers(all: readonly Labelled[]): readonly Labelled[] {
  return all.filter(({ value }) => {
    const [, until, host, pid] = /^(\d+)\/([^/]*)\/(\d+)\/\w+$/.exec(value) ?? [];
    if (until === undefined) return false;
    return Number(until) < Date.now() / 1000 || (host === hostname() && !isAlive(Number(pid)));
  });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** What the run with this mark left behind; undefined if the engine fails to list it. */
export async function leftOf({ value }: Mark, engine: Engine): Promise<readonly Labelled[] | undefined> {
  const all = await engine.labelled(bootLabel).catch(() => undefined);
  return all?.filter((each) => each.value === value);
}

/** Command lines that remove the items; containers come first because they use the others. */
export function removing(all: readonly Labelled[], engine: EngineFacts["engine"]): string[] {
  const lines = [
    ["container", `${engine} rm --force --volumes`],
    ["image", `${engine} rmi`],
    ["volume", `${engine} volume rm`],
  ] as const;
  return lines.flatMap(([kind, command]) => {
    const names = all.filter((each) => each.kind === kind).map(({ name }) => name);
    return names.length === 0 ? [] : [`${command} ${names.join(" ")}`];
  });
}
