import { onceFor } from "../base/once";
import { lastSegment } from "../base/text";
import type { ShellCommand } from "../shell/reader";
import type { Command, Image, RunInstruction } from "./image";

/** The name of the program that a command runs, without its directory. */
export function programOf({ words }: Pick<ShellCommand, "words">): string {
  return lastSegment(words[0] ?? "");
}

/**
 * Computes a property of a step's commands that does not depend on their position in the file. It is computed once
 * for as long as the step is unchanged, so most keystrokes in a Dockerfile do not cause it to be recomputed.
 */
export function ofScript<Fact>(
  work: (script: readonly ShellCommand[]) => Fact,
): (run: RunInstruction) => Fact {
  const known = onceFor(work);
  return ({ script }) => known(script);
}

const byProgram = ofScript((script) => {
  const places = new Map<string, number[]>();
  for (const [index, command] of script.entries()) {
    const name = programOf(command);
    const known = places.get(name);
    if (known) known.push(index);
    else places.set(name, [index]);
  }
  return places;
});

/** The commands of a step that run one of these programs, in sequence. */
export function commandsOfRun(run: RunInstruction, ...programs: readonly string[]): readonly Command[] {
  const places = byProgram(run);
  const found = programs.flatMap((name) => places.get(name) ?? []);
  if (found.length === 0) return [];
  return run.commandsAt(programs.length === 1 ? found : found.sort((a, b) => a - b));
}

/** The commands of an image that run one of these programs, in file order. */
export function commandsOf({ runs }: Pick<Image, "runs">, ...programs: readonly string[]): Command[] {
  const index = runsByProgram(runs);
  const found = new Set(programs.flatMap((name) => index.get(name) ?? []));
  return [...found]
    .sort((a, b) => a - b)
    .flatMap((at) => (runs[at] ? commandsOfRun(runs[at], ...programs) : []));
}

/**
 * For each program, the indexes of the steps that run it. Every rule needs this, so the steps are searched once for
 * all rules.
 */
const runsByProgram = onceFor((runs: Image["runs"]) => {
  const index = new Map<string, number[]>();
  for (const [at, run] of runs.entries()) {
    for (const name of byProgram(run).keys()) {
      const known = index.get(name);
      if (known) known.push(at);
      else index.set(name, [at]);
    }
  }
  return index;
});

/**
 * Returns a function that finds the commands of an image for which a condition is true. The condition must not depend
 * on their position.
 */
export function commandsThat(
  holds: (command: ShellCommand) => boolean,
): (image: Pick<Image, "runs">) => Command[] {
  const places = ofScript((script) => script.flatMap((command, index) => (holds(command) ? [index] : [])));
  return ({ runs }) => runs.flatMap((run) => run.commandsAt(places(run)));
}

/**
 * Returns a function that checks whether a condition is true for any command of an image. The condition must not
 * depend on its position.
 */
export function anyCommand(
  holds: (command: ShellCommand) => boolean,
): (image: Pick<Image, "runs">) => boolean {
  const any = ofScript((script) => script.some(holds));
  return ({ runs }) => runs.some(any);
}
