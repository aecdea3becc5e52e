import { type Edit, lineAt, type Span } from "../../base/text";
import type { BuildLink, ContainerSource, SourceChange } from "../../container/source";
import type { SpecChange } from "../../container/spec";
import { readCommands } from "../../shell/commands";
import { asFlag } from "../compose/display";
import { changeWords, placeInWords } from "../flag-words";
import type { SurfaceFile } from "../surface";
import { buildsIn } from "./builds";
import { type RunCommand, runCommand } from "./command";
import { scriptsIn, unknown, type Writing } from "./regions";

/** Reads the commands of a text that start containers. Never throws. */
export function readRunLines(uri: string, text: string, writing: Writing): SurfaceFile {
  const commands = scriptsIn(text, writing).flatMap((script) => readCommands(script));
  const builds = buildsIn(uri, text, commands);
  const seen = new Set<number>();
  const containers = commands.flatMap((command) => {
    const run = runCommand(command, text);
    // A loop or a function repeats what is written once.
    if (!run || seen.has(run.verbEnd)) return [];
    seen.add(run.verbEnd);
    return sourceOf(text, run, builds(imageText(text, run)), writing === "prose");
  });
  return {
    containers,
    includes: [],
    problems: () => [],
    regionAfter: (offset) => commandAfter(text, offset),
    commentPlace: (offset) => (writing === "prose" ? undefined : offset),
  };
}

function imageText(text: string, { spans, flags }: RunCommand): string {
  const span = spans[flags.end];
  return text.slice(span?.start, span?.end);
}

/** The next line, with those that continue it. */
function commandAfter(text: string, offset: number): Span {
  const { start } = lineAt(text, Math.min(offset + 1, text.length));
  let { end } = lineAt(text, start);
  while (end < text.length && /\\\r?$/.test(text.slice(start, end))) end = lineAt(text, end + 1).end;
  return { start, end };
}

function sourceOf(
  text: string,
  run: RunCommand,
  build: BuildLink | undefined,
  shown: boolean,
): ContainerSource {
  const { spec, flags, spans, engine, incomplete } = run;
  const nameSpan = spans[flags.end] ?? { start: run.verbEnd, end: run.verbEnd };
  const image = imageText(text, run).replace(/["']/g, "");
  const name = spec.name ?? (/\s/.test(image) ? (spec.image ?? "docker run") : image);
  return {
    name,
    spec,
    nameSpan,
    at: (place) => {
      if ("key" in place && place.key === "image") return spec.image === undefined ? undefined : nameSpan;
      if ("key" in place && place.key === "command") return spec.command && spans[flags.end + 1];
      const flag = placeInWords(flags, place);
      return flag && spans[flag.to - 1];
    },
    changes: (steps) => changesOf(text, run, name, steps),
    start: () => ({ image: spec.image ?? name, spec, left: [] }),
    toDisplay: asFlag,
    ...(engine && { runsOn: engine }),
    ...(build && { build }),
    ...(shown && { shown }),
    ...(incomplete && { incomplete }),
  };
}

/** The edits that make steps true in the words of a command; none where a word is not written out. */
function changesOf(
  text: string,
  run: RunCommand,
  name: string,
  steps: readonly SpecChange[],
): SourceChange[] {
  const appended = steps.filter((step) => "key" in step && step.key === "command");
  const inWords = changeWords(
    run.flags,
    steps.filter((step) => !appended.includes(step)),
  );
  const edits = inWords && [
    ...[...inWords.replaced].map(([first, { count, by }]) => replaced(text, run, first, count, by)),
    ...added(text, run, inWords.added),
    ...appended.map((step) => lengthened(run, step)),
  ];
  if (!edits || edits.includes(undefined)) return [];
  return [{ edits: edits.filter((edit) => edit !== undefined), runs: [name] }];
}

/** Words that no shell changes. */
const isPlain = (words: readonly string[]) => words.every((word) => /^[\w@%+=:,./-]+$/.test(word));

/** Words in the place of those of a flag; without words it goes with the space before it. */
function replaced(
  text: string,
  { words, spans, verbEnd }: RunCommand,
  first: number,
  count: number,
  by: readonly string[],
): Edit | undefined {
  const own = spans.slice(first, first + count);
  const isWritten = own.every(({ start, end }, at) => {
    const written = text.slice(start, end).replace(/^(["'])(.*)\1$/s, "$2");
    return written === words[first + at];
  });
  const [from, to] = [own[0], own.at(-1)];
  if (!isWritten || !isPlain(by) || !from || !to) return undefined;
  const start = by.length > 0 ? from.start : (spans[first - 1]?.end ?? verbEnd);
  return { span: { start, end: to.end }, text: by.join(" ") };
}

/** Words behind the last flag, in lines like those of the others. */
function added(
  text: string,
  { flags, spans, verbEnd }: RunCommand,
  words: readonly string[],
): (Edit | undefined)[] {
  if (words.length === 0) return [];
  const at = spans[flags.end - 1]?.end ?? verbEnd;
  const image = spans[flags.end];
  if (!isPlain(words) || !image || image.start < at) return [undefined];
  const between = text.slice(at, image.start);
  const space = /^[ \t]*\\\r?\n[ \t]*$/.test(between) ? between : " ";
  const groups: string[] = [];
  for (const word of words) {
    if (word.startsWith("-") || groups.length === 0) groups.push(word);
    else groups[groups.length - 1] += ` ${word}`;
  }
  return [{ span: { start: at, end: at }, text: groups.map((group) => `${space}${group}`).join("") }];
}

/** Words behind those of the command, where nothing else about it changes. */
function lengthened({ spec, words, spans }: RunCommand, step: SpecChange): Edit | undefined {
  const old = spec.command?.words ?? [];
  const next =
    step.do === "set" && step.key === "command" ? (step.value as ContainerSpecCommand)?.words : undefined;
  const last = spans.at(-1);
  if (
    !next ||
    !last ||
    old.length === 0 ||
    words.some((word) => word.includes(unknown) && word === words.at(-1))
  )
    return undefined;
  const more = next.slice(old.length);
  if (JSON.stringify(next.slice(0, old.length)) !== JSON.stringify(old) || !isPlain(more)) return undefined;
  return { span: { start: last.end, end: last.end }, text: more.map((word) => ` ${word}`).join("") };
}

type ContainerSpecCommand = RunCommand["spec"]["command"];
