import type { Edit } from "../../base/text";
import type { BehindImage, BuildLink, ContainerSource } from "../../container/source";
import type { SpecChange } from "../../container/spec";
import { asFlag } from "../compose/display";
import { changeWords, placeInWords } from "../flag-words";
import type { RunCommand } from "./command";
import { unknown } from "./regions";

/** The image as written. */
export function imageText(text: string, { spans, flags }: RunCommand): string {
  const span = spans[flags.end];
  return text.slice(span?.start, span?.end);
}

/** The container that a command in a file starts. `shown` is set if the file only shows the command. */
export function sourceOf(
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
      if ("key" in place && place.key === "command") return spec.command && spans[run.program];
      const flag = placeInWords(flags, place);
      return flag && spans[flag.to - 1];
    },
    changes: (steps) => {
      const edits = wordEdits(text, run, steps);
      return edits ? [{ edits, runs: [name] }] : [];
    },
    start: () => ({ image: spec.image ?? name, spec, left: [] }),
    toDisplay: asFlag,
    ...(run.behind && { behindImage: behindImage(text, run, run.behind, name) }),
    ...(engine && { runsOn: engine }),
    ...(build && { build }),
    ...(shown && { shown }),
    ...(incomplete && { incomplete }),
    ...(run.needsEntrypoint && { needsEntrypoint: true }),
    ...(spec.image === undefined && { partOfImage: image.replace(variables, "") }),
  };
}

/** Variables of a shell, of make and of GitHub Actions. */
const variables = /\$\{\{?[^{}]{0,64}\}\}?|\$\(\w{1,64}\)|\$\w{1,64}/g;

/** The options after the image, and the edit that moves them before it. Lines and words stay as written. */
function behindImage(
  text: string,
  { flags: { end }, spans, program }: RunCommand,
  { flags, without }: NonNullable<RunCommand["behind"]>,
  name: string,
): BehindImage | undefined {
  const [image, first, last] = [spans[end], spans[end + 1], spans[program - 1]];
  if (!image || !first || !last) return undefined;
  const [written, between, options] = [
    text.slice(image.start, image.end),
    text.slice(image.end, first.start),
    text.slice(first.start, last.end),
  ];
  const edit = { span: { start: image.start, end: last.end }, text: options + between + written };
  return {
    names: [...new Set(flags.map(({ name }) => name))],
    span: { start: first.start, end: last.end },
    without,
    change: { edits: [edit], runs: [name] },
  };
}

/** The edits that apply steps to the words of a command; undefined if a word is not written out. */
export function wordEdits(text: string, run: RunCommand, steps: readonly SpecChange[]): Edit[] | undefined {
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
  const found = edits?.filter((edit) => edit !== undefined);
  return found?.length === edits?.length ? found : undefined;
}

/** Whether a shell leaves the words unchanged. */
const isPlain = (words: readonly string[]) => words.every((word) => /^[\w@%+=:,./-]+$/.test(word));

/** Replaces the words of a flag. Without new words, the flag is removed with the space before it. */
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
  if (by.length > 0) return { span: { start: from.start, end: to.end }, text: by.join(" ") };
  const start = spans[first - 1]?.end ?? verbEnd;
  // The first word of a list without a command has nothing before it, so the space after it is removed.
  const end = start === from.start ? (spans[first + count]?.start ?? to.end) : to.end;
  return { span: { start, end }, text: "" };
}

/** Adds words after the last flag, laid out like the other words. */
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
  // In a comment, each continuation line begins with a comment mark.
  const space = /^[ \t]*\\\r?\n[ \t]*(?:#+[ \t]*)?$/.test(between) ? between : " ";
  const groups: string[] = [];
  for (const word of words) {
    if (word.startsWith("-") || groups.length === 0) groups.push(word);
    else groups[groups.length - 1] += ` ${word}`;
  }
  return [{ span: { start: at, end: at }, text: groups.map((group) => `${space}${group}`).join("") }];
}

/** Adds words to the end of the command, if nothing else about it changes. */
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
