import { lineAt, type Span } from "../../base/text";
import type { ContainerSource } from "../../container/source";
import type { SurfaceFile } from "../surface";
import { type Built, buildBeside, buildsIn } from "./builds";
import { type RunCommand, runCommand } from "./command";
import { commandsOf, type PlacedCommand, type PlacedScript } from "./folders";
import { isRecorded, scriptsIn, type Writing } from "./regions";
import { sourceOf } from "./source";
import { unitScripts } from "./units";

/** Reads the commands in a file that start containers. Never throws. */
export function readRunLines(uri: string, text: string, writing: Writing): SurfaceFile {
  const isUnit = writing === "unit";
  const scripts = isUnit ? unitScripts(text) : scriptsIn(text, writing);
  const placed = scripts.map((script) => ({ script, base: uri }));
  const containers = startedIn(text, placed, writing);
  return {
    containers: isUnit ? containers.map((source) => ({ ...source, needsProof: true })) : containers,
    includes: [],
    problems: () => [],
    regionAfter: (offset) => commandAfter(text, offset),
    commentPlace: (offset) => (writing === "prose" ? undefined : commandAt(text, offset)),
  };
}

/** The containers that are started by commands in the scripts of a file. Documentation only shows the commands. */
export function startedIn(
  text: string,
  scripts: readonly PlacedScript[],
  writing: Writing,
): readonly ContainerSource[] {
  const commands = commandsOf(text, scripts, writing);
  const builds = buildsIn(text, commands);
  const builtAt = (image: string, base: string | undefined) => builds.of(image) ?? buildBeside(image, base);
  return runsIn(text, commands, builtAt).flatMap(({ run, base }) => {
    const built = builtAt(run.reference, base);
    if (run.doubtful && !built) return [];
    const shown = writing === "prose";
    const source = sourceOf(text, run, built === "unclear" ? undefined : built, shown);
    const recorded = shown && isRecorded(text, run.verbEnd, run.spans.at(-1)?.end ?? run.verbEnd);
    return recorded ? [{ ...source, recorded }] : [source];
  });
}

/** The commands that start containers. A command that is repeated by a loop or function counts once. */
export function runsIn(
  text: string,
  commands: readonly PlacedCommand[],
  builtAt: (image: string, base: string | undefined) => Built | undefined,
): PlacedRun[] {
  const seen = new Set<number>();
  return commands.flatMap(({ command, base }) => {
    const run = runCommand(command, text, (image) => typeof builtAt(image, base) === "object");
    if (!run || seen.has(run.verbEnd)) return [];
    seen.add(run.verbEnd);
    return { run, base };
  });
}

interface PlacedRun {
  readonly run: RunCommand;
  readonly base: string | undefined;
}

/** The line after an offset, with its continuation lines. */
export function commandAfter(text: string, offset: number): Span {
  const { start } = lineAt(text, Math.min(offset + 1, text.length));
  let { end } = lineAt(text, start);
  while (end < text.length && /\\\r?$/.test(text.slice(start, end))) end = lineAt(text, end + 1).end;
  return { start, end };
}

/**
 * The start of the line that contains an offset, or of the first line that it continues. A comment goes above that
 * line.
 */
export function commandAt(text: string, offset: number): number {
  let { start } = lineAt(text, offset);
  while (start > 0 && /\\\r?\n$/.test(text.slice(Math.max(start - 3, 0), start)))
    ({ start } = lineAt(text, start - 1));
  return start;
}
