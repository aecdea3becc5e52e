import { isIgnore, withBlanksBelow } from "../../base/lines";
import { type Edit, lineAt, nextLine, type Span } from "../../base/text";
import type { Command, Image, ImageEditor, Instruction } from "../../image/image";
import type { ImageSubject } from "../../project/subject";

/**
 * The editing functions for the stage that contains an instruction. It may be a stage that the image is built FROM.
 */
export function editorOf(
  { dockerfile, image }: Pick<ImageSubject, "dockerfile" | "image">,
  { stage }: Instruction,
): ImageEditor {
  if (stage === image.from.stage) return image.edit;
  return dockerfile.image(String(stage))?.edit ?? image.edit;
}

/** Whether edits remove an ignore comment. The comment would no longer apply if the lines were moved elsewhere. */
export function losesIgnore({ text }: Image, edits: readonly Edit[]): boolean {
  return edits.some(({ span }) => text.slice(span.start, span.end).split("\n").some(isIgnore));
}

/** Removes a word and the spaces before it from a command. */
export function withoutWord({ text }: Image, { start, end }: Span): readonly Edit[] {
  return [{ span: { start: blanksBefore(text, start, 0), end }, text: "" }];
}

/** Where the spaces and line continuations before a place begin, but no earlier than `from`. */
function blanksBefore(text: string, place: number, from: number): number {
  let at = place;
  while (at > from) {
    const char = text[at - 1];
    const start = char === "\n" ? continuationBefore(text, at - 1, from) : at - 1;
    if (start === undefined || (char !== "\n" && char !== " " && char !== "\t")) break;
    at = start;
  }
  return at;
}

/** The escape character that continues the line before a place; empty lines and comments in between are skipped. */
function continuationBefore(text: string, lineBreak: number, from: number): number | undefined {
  for (let end = lineBreak; end > from; ) {
    const start = Math.max(from, text.lastIndexOf("\n", end - 1) + 1);
    const line = text.slice(start, end).trimEnd();
    if (!/^\s*(#|$)/.test(line)) return /[\\`]$/.test(line) ? start + line.length - 1 : undefined;
    end = start - 1;
  }
  return undefined;
}

/** The operator before a command, and where it begins, including the spaces around it. */
function operatorBefore(
  text: string,
  place: number,
  from: number,
): { operator: "&&" | ";"; start: number } | undefined {
  const end = blanksBefore(text, place, from);
  const operator = text.endsWith("&&", end) ? "&&" : text[end - 1] === ";" ? ";" : undefined;
  if (operator === undefined || end - operator.length < from) return undefined;
  return { operator, start: blanksBefore(text, end - operator.length, from) };
}

const operatorAfter = /^(?:[ \t]|\\[ \t]*\r?\n)*(&&|;)(?!;)(?:[ \t]|\\[ \t]*\r?\n)*/;
const alternative = /^(?:[ \t]|\\[ \t]*\r?\n)*\|\|(?:[ \t]|\\[ \t]*\r?\n)*(?:true|:)(?=[ \t\r\n;&)]|$)/;
const onlyBlank = /^(?:[ \t]|\\[ \t]*\r?\n)*$/;
const onlyFlags = /^(?:--\S+\s+)*(?:\\\s+)*$/;

/**
 * Removes a command from its RUN with one adjacent operator, so that the commands beside it depend on each other as
 * before. A RUN without other commands is removed. Undefined if the command is part of a pipe, a condition or a
 * group.
 */
export function withoutCommand(
  subject: Pick<ImageSubject, "dockerfile" | "image">,
  command: Command,
): readonly Edit[] | undefined {
  return withoutCommands(subject, [command]);
}

/** Removes commands of one stage, given in file order, from their RUN instructions as `withoutCommand` does. */
export function withoutCommands(
  subject: Pick<ImageSubject, "dockerfile" | "image">,
  commands: readonly Command[],
): readonly Edit[] | undefined {
  const { text } = subject.image;
  const edits: Edit[] = [];
  const emptied: Instruction[] = [];
  for (const stretch of stretchesOf(text, commands)) {
    const removal = withoutStretch(text, stretch);
    if (!removal) return undefined;
    if (removal.length === 0) emptied.push(stretch.run);
    edits.push(...removal);
  }
  // A comment between two commands could belong to either of them.
  if (edits.some(({ span }, at) => span.start < (edits[at - 1]?.span.end ?? 0))) return undefined;
  const [first] = emptied;
  return first ? [...edits, ...editorOf(subject, first).remove(...emptied)] : edits;
}

type Stretch = Pick<Command, "span" | "run">;

/** Groups commands into stretches: commands with nothing but operators between them. */
function stretchesOf(text: string, commands: readonly Command[]): Stretch[] {
  const stretches: Stretch[] = [];
  for (const { span, run } of commands) {
    const last = stretches.at(-1);
    const between = last?.run === run ? text.slice(endOf(text, last), span.start) : "";
    if (last && between !== "" && operatorAfter.exec(between)?.[0] === between)
      stretches.splice(-1, 1, { run, span: { start: last.span.start, end: span.end } });
    else stretches.push({ span, run });
  }
  return stretches;
}

/** The end of a stretch, including the `|| true` that belongs to it. */
function endOf(text: string, { span, run }: Stretch): number {
  return span.end + (alternative.exec(text.slice(span.end, run.span.end))?.[0].length ?? 0);
}

/** The edits that remove a stretch from its RUN; none if the RUN has no other commands. */
function withoutStretch(text: string, stretch: Stretch): readonly Edit[] | undefined {
  const { span, run } = stretch;
  const end = endOf(text, stretch);
  if (run.heredocs.some((heredoc) => heredoc.span.start <= span.start && span.end <= heredoc.span.end)) {
    return withoutLine(text, { start: span.start, end });
  }
  const body = text.slice(run.argumentsSpan.start, Math.max(run.argumentsSpan.start, span.start));
  const rest = text.slice(end, run.argumentsSpan.end);
  const before = operatorBefore(text, span.start, run.argumentsSpan.start);
  const after = operatorAfter.exec(rest);
  if (!after && !onlyBlank.test(rest)) return undefined;
  if (before && !(before.operator === ";" && after?.[1] === "&&")) {
    return [{ span: { start: before.start, end }, text: "" }];
  }
  if (!before && !onlyFlags.test(body)) return undefined;
  return after ? [{ span: { start: span.start, end: end + after[0].length }, text: "" }] : [];
}

/** Removes a command of a heredoc together with its line, if nothing else is on that line. */
function withoutLine(text: string, { start, end }: Span): readonly Edit[] | undefined {
  const line = lineAt(text, start);
  const alone = text.slice(line.start, start).trim() === "" && text.slice(end, line.end).trim() === "";
  if (!alone || goesOn(text, line.start)) return undefined;
  const lines = { start: line.start, end: nextLine(text, line.end) };
  return [{ span: withBlanksBelow(text, lines), text: "" }];
}

/** Whether the line before a place continues on the next one. */
function goesOn(text: string, place: number): boolean {
  let at = place;
  while (/\s/.test(text[at - 1] ?? "")) at--;
  return ["\\", "&&", "|"].some((sign) => text.endsWith(sign, at));
}
