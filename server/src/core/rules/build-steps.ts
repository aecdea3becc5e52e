import type { Command, Image, ImageEditor, Instruction } from "../image/image";
import type { ImageSubject } from "../rule";
import { type Edit, lineAt, type Span } from "../text";

/** Every command that the build of the image executes, in the order of the file. */
export function commandsOf({ runs }: Image): readonly Command[] {
  return runs.flatMap(({ commands }) => commands);
}

/** The name of the program that a command runs, without its folder. */
export function programOf({ words }: Pick<Command, "words">): string {
  return words[0]?.replace(/^.*\//, "") ?? "";
}

/** The verbs for the stage in which an instruction stands: it may be one that the image is built FROM. */
export function editorOf(
  { dockerfile, image }: Pick<ImageSubject, "dockerfile" | "image">,
  { stage }: Instruction,
): ImageEditor {
  if (stage === image.from.stage) return image.edit;
  return dockerfile.image(String(stage))?.edit ?? image.edit;
}

/** Takes a word and the blanks before it out of a command. */
export function withoutWord({ text }: Image, { start, end }: Span): readonly Edit[] {
  const blanks = blanksBefore.exec(text.slice(Math.max(0, start - mostBlanks), start))?.[0].length ?? 0;
  return [{ span: { start: start - blanks, end }, text: "" }];
}

/** A blank, or a continued line. */
const blank = String.raw`(?:[ \t]|\\[ \t]*\r?\n)`;
const blanksBefore = new RegExp(`${blank}+$`);
/** So far back it is looked for blanks: the whole file would be searched for every word. */
const mostBlanks = 500;
const operatorBefore = new RegExp(`${blank}*(&&|;)${blank}*$`);
const operatorAfter = new RegExp(`^${blank}*(&&|;)(?!;)${blank}*`);
const alternative = new RegExp(`^${blank}*\\|\\|${blank}*(?:true|:)(?=[ \\t\\r\\n;&)]|$)`);
const onlyBlank = new RegExp(`^${blank}*$`);
const onlyFlags = new RegExp(`^(?:--\\S+${blank}+)*$`);

/**
 * Takes a command out of its RUN with one operator beside it, so that its neighbours depend on each other as
 * before; a RUN that did nothing else goes as a whole. Undefined where the command is part of something
 * larger: a pipe, a condition, a group.
 */
export function withoutCommand(
  subject: Pick<ImageSubject, "dockerfile" | "image">,
  { span, run }: Command,
): readonly Edit[] | undefined {
  const { text } = subject.image;
  const end = span.end + (alternative.exec(text.slice(span.end, run.span.end))?.[0].length ?? 0);
  if (run.heredocs.some((heredoc) => heredoc.span.start <= span.start && span.end <= heredoc.span.end)) {
    return withoutLine(text, { start: span.start, end });
  }
  const body = text.slice(run.argumentsSpan.start, Math.max(run.argumentsSpan.start, span.start));
  const rest = text.slice(end, run.argumentsSpan.end);
  const before = operatorBefore.exec(body);
  const after = operatorAfter.exec(rest);
  if (!after && !onlyBlank.test(rest)) return undefined;
  if (before && !(before[1] === ";" && after?.[1] === "&&")) {
    return [{ span: { start: span.start - before[0].length, end }, text: "" }];
  }
  if (!before && !onlyFlags.test(body)) return undefined;
  if (after) return [{ span: { start: span.start, end: end + after[0].length }, text: "" }];
  return editorOf(subject, run).remove(run);
}

/** In a heredoc a command that has its line for itself goes with the line. */
function withoutLine(text: string, { start, end }: Span): readonly Edit[] | undefined {
  const line = lineAt(text, start);
  const alone = text.slice(line.start, start).trim() === "" && text.slice(end, line.end).trim() === "";
  const previous = text.slice(0, line.start).trimEnd();
  if (!alone || /(\\|&&|\|\|?)$/.test(previous)) return undefined;
  const next = text.indexOf("\n", line.end);
  return [{ span: { start: line.start, end: next === -1 ? text.length : next + 1 }, text: "" }];
}
