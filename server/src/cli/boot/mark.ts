import { bootLabel, type Mark, markOf } from "../../../../client/src/flows/trial-mark";
import type { Engine, Labelled } from "../../../../client/src/ports";
import type { EngineFacts } from "../../protocol";
import { isRunning, nameOf, processPlace } from "./processes";

/** The mark of a new trial of this process. */
export function newMark(seconds: number, keep: boolean): Mark {
  return markOf(seconds, keep, `${processPlace()}/${nameOf(process.pid)}`);
}

/**
 * The labeled items left by trials that have ended. A trial at this place has ended if its process has; of a trial
 * elsewhere, only the time limit is known.
 */
export function leftOvers(all: readonly Labelled[]): readonly Labelled[] {
  return all.filter(({ value }) => {
    const [, until, place, name = ""] = /^(\d+)\/([^/]*)\/([\d.]+)\/\w+$/.exec(value) ?? [];
    if (until === undefined) return false;
    return place === processPlace() ? !isRunning(name) : Number(until) < Date.now() / 1000;
  });
}

/** What is left of the trial with a mark; undefined if the engine fails to list it. */
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
