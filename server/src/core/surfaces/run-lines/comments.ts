import { lastSegment, lineAt, type Span } from "../../base/text";
import { folderOf } from "../../base/uri";
import type { BuildLink, ContainerSource } from "../../container/source";
import type { Dockerfile } from "../../image/image";
import type { MappedText } from "../../shell/mapped-text";
import type { SurfaceFile } from "../surface";
import { buildsIn, imageKey, isNamedLikeFolder, plainName } from "./builds";
import type { RunCommand } from "./command";
import { commandsOf } from "./folders";
import { commandAt, runsIn } from "./read";
import { codeIn, joined, type Line, linesOf } from "./regions";
import { imageText, sourceOf } from "./source";

/**
 * A Dockerfile with the containers whose start commands are in its comments. Ignore comments apply to these
 * containers too. Never throws.
 */
export function withComments(
  uri: string,
  file: SurfaceFile & { readonly dockerfile: Dockerfile },
): SurfaceFile {
  const remarked = containersIn(uri, file.dockerfile);
  const { text } = file.dockerfile;
  return {
    ...file,
    remarked,
    regionAfter: (offset) => {
      const next = file.regionAfter(offset);
      const isAbove = remarked.some(({ nameSpan: { start } }) => offset < start && start < next.start);
      return isAbove ? { start: offset, end: next.end } : next;
    },
    commentPlace: (offset) => {
      const isComment = /^[ \t]*#/.test(text.slice(lineAt(text, offset).start, offset + 1));
      return isComment ? commandAt(text, offset) : file.commentPlace(offset);
    },
  };
}

/**
 * The containers in the comments. Each is linked to the Dockerfile of its image, which is this one unless the
 * comments show another.
 */
function containersIn(uri: string, dockerfile: Dockerfile): ContainerSource[] {
  const { text } = dockerfile;
  const scripts = scriptsIn(dockerfile).map((script) => ({ script, base: uri }));
  const commands = commandsOf(text, scripts, "prose");
  const builds = buildsIn(text, commands);
  const runs = runsIn(text, commands, builds.of).filter(
    ({ run }) => !run.doubtful && run.words[0]?.startsWith("-"),
  );
  const started = runs.map(({ run }) => imageText(text, run));
  const isOwn = ownImage(uri, dockerfile, builds.isNamed ? [] : started);
  return runs.map(({ run }) => ({ ...sourceOf(text, run, linkOf(run), true), inComment: true }));

  function linkOf(run: RunCommand): BuildLink | undefined {
    const own: BuildLink = { dockerfile: uri, context: folderOf(uri), args: {} };
    const found = builds.of(run.reference);
    if (found === "unclear") return undefined;
    if (!found) return isOwn(imageText(text, run)) ? own : undefined;
    // A command that runs in another directory uses another path to this file, so only the file names are compared.
    return nameOf(found.dockerfile ?? "") === nameOf(uri) ? { ...found, ...own, args: found.args } : found;
  }
}

const nameOf = (uri: string) => decodeURIComponent(lastSegment(uri));

/**
 * Whether a name refers to the image that the file builds: a placeholder for any image, or the only one of the
 * images `started`, unless a FROM names it. The name of the directory refers to the image of its `Dockerfile`.
 */
function ownImage(
  uri: string,
  { stages }: Dockerfile,
  started: readonly string[],
): (image: string) => boolean {
  const isOpen = (image: string) => /^["']?[<$]/.test(image) || image === "IMAGE";
  const bases = new Set(stages.map(({ from }) => plainName(from.arguments.split(/\s/, 1)[0] ?? "")));
  const names = new Set(started.filter((image) => !isOpen(image)).map(imageKey));
  const isOfFolder = (image: string) => nameOf(uri) === "Dockerfile" && isNamedLikeFolder(image, uri);
  const isOnly = (image: string) => names.size === 1 && names.has(imageKey(image));
  return (image) => isOpen(image) || ((isOnly(image) || isOfFolder(image)) && !bases.has(plainName(image)));
}

/** The commands in the comments of a Dockerfile: lines with their continuation lines, and code in backquotes. */
function scriptsIn(dockerfile: Dockerfile): MappedText[] {
  const scripts: MappedText[] = [];
  let open: (Line & { readonly skipped: number })[] = [];
  const close = () => {
    if (open.length > 0) scripts.push(joined(open, placeholder));
    open = [];
  };
  for (const line of commentLines(dockerfile)) {
    const before = open.at(-1);
    const isNext = before !== undefined && /^\r?\n$/.test(between(dockerfile, before, line));
    const continues = isNext && before.text.endsWith("\\");
    if (!continues) close();
    const skipped = continues ? markOf(line) : commandIn(line);
    if (skipped !== undefined) open.push({ ...line, skipped });
    else scripts.push(...codeIn(line));
  }
  close();
  return scripts;
}

/** A placeholder such as `<name>`, which the reader has to fill in. */
const placeholder = /<[\w .:/-]+>/g;

function between({ text }: Dockerfile, a: Line, b: Line): string {
  return text.slice(a.start + a.text.length, b.start);
}

/** The comments outside of instructions, without trailing spaces. */
function commentLines({ text, instructions }: Dockerfile): Line[] {
  const ends = [0, ...instructions.map(({ span }) => span.end)];
  const gaps = ends.map((start, at): Span => ({ start, end: instructions[at]?.span.start ?? text.length }));
  return gaps.flatMap(({ start, end }) =>
    linesOf(text.slice(start, end), start)
      .map((line) => ({ ...line, text: line.text.trimEnd() }))
      .filter((line) => /^[ \t\uFEFF]*#/.test(line.text)),
  );
}

/** The length of the comment mark at the start of a line, including the spaces around it. */
function markOf({ text }: Line): number {
  return /^[ \t\uFEFF]*#+[ \t]*/.exec(text)?.[0].length ?? 0;
}

/** The offset in a comment line of the command at its end, which follows a prompt, a colon or the word `with`. */
function commandIn(line: Line): number | undefined {
  const mark = markOf(line);
  const behind = line.text.slice(mark);
  const found = /(?:\bsudo[ \t]+)?\b(?:docker|podman|nerdctl)[ \t]/.exec(behind);
  if (!found || !/(?:^|[:$#>]|\bwith)$/i.test(behind.slice(0, found.index).trimEnd())) return undefined;
  return mark + found.index;
}
