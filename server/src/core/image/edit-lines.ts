import { aboveComments, deleteWithComments, isIgnore } from "../base/lines";
import { type Edit, lineAt, nextLine, type Span } from "../base/text";
import type { Instruction } from "./image";

/** A stage to edit: the source that contains it, and its instructions. `own` are those after FROM. */
export interface EditedStage {
  readonly text: string;
  readonly escapeChar: string;
  readonly from: Instruction;
  readonly own: readonly Instruction[];
}

/** Inserts an instruction on the line after another one. */
export function lineAfter(stage: EditedStage, instruction: Instruction, added: string): Edit[] {
  const { text, escapeChar } = stage;
  const { span, argumentsSpan, heredocs } = instruction;
  // If the last line of the file ends in a continuation, the added line would be joined to it.
  const continued = heredocs.length === 0 && argumentsSpan.end < span.end;
  const end = lineEndOf(stage, instruction);
  const start = continued ? beforeContinuations(text, argumentsSpan.end, escapeChar) : end;
  return replace({ start, end }, `\n${indentOf(stage, instruction)}${styled(stage, added)}`);
}

/** Inserts an instruction above another one, and above the comments that belong to it. */
export function lineBefore(stage: EditedStage, instruction: Instruction, added: string): Edit[] {
  const start = aboveComments(stage.text, instruction.span.start, floorOf(stage, instruction));
  return replace({ start, end: start }, `${indentOf(stage, instruction)}${styled(stage, added)}\n`);
}

export function replace(span: Span, text: string): Edit[] {
  return [{ span, text }];
}

/** Removes complete instructions; adjacent ones are removed together. */
export function removeLines(stage: EditedStage, instructions: readonly Instruction[]): Edit[] {
  const { text } = stage;
  const groups: Instruction[][] = [];
  for (const instruction of instructions) {
    const last = groups.at(-1)?.at(-1);
    if (last && follows(stage, last, instruction)) groups.at(-1)?.push(instruction);
    else groups.push([instruction]);
  }
  const edits = groups.flatMap((group) => {
    const [first, last] = [group[0], group.at(-1)] as [Instruction, Instruction];
    const span = { start: first.span.start, end: lineEndOf(stage, last) };
    return deleteWithComments(text, span, floorOf(stage, first));
  });
  const claims = neighboursOf(stage, instructions).flatMap(({ keywordSpan: { start, end } }) =>
    replace({ start, end }, text.slice(start, end)),
  );
  return [...edits, ...claims];
}

/**
 * Adjacent instructions with the same keyword. The edit includes them so that it conflicts with any other edit that
 * removes them, which then has to wait.
 */
function neighboursOf(stage: EditedStage, gone: readonly Instruction[]): readonly Instruction[] {
  const neighbours = gone.flatMap((each) => {
    const at = positionOf(stage, each);
    const [previous, next] = [stage.own[at - 1], stage.own[at + 1]];
    return [
      ...(previous?.keyword === each.keyword && touches(stage, previous, each) ? [previous] : []),
      ...(next?.keyword === each.keyword && touches(stage, each, next) ? [next] : []),
    ];
  });
  const all = new Set(gone);
  return [...new Set(neighbours)].filter((each) => !all.has(each));
}

/**
 * Whether there is nothing between two instructions but ignore comments, which are removed with their instruction.
 */
function follows(stage: EditedStage, one: Instruction, next: Instruction): boolean {
  return linesBetween(stage, one, next).every(isIgnore);
}

/** Whether removing one instruction affects the lines of the other. */
function touches(stage: EditedStage, one: Instruction, next: Instruction): boolean {
  const lines = linesBetween(stage, one, next);
  return lines.length === 0 || lines.some(isIgnore);
}

function linesBetween(stage: EditedStage, one: Instruction, next: Instruction): string[] {
  const { text } = stage;
  return text
    .slice(nextLine(text, lineEndOf(stage, one)), lineAt(text, next.span.start).start)
    .split("\n")
    .slice(0, -1);
}

/** The index of an instruction within its stage; the instructions of a stage are consecutive in the file. */
function positionOf({ own }: EditedStage, { index }: Instruction): number {
  return index - (own[0]?.index ?? 0);
}

/** The end of the preceding instruction. Between it and `instruction` there are only comments and blank lines. */
function floorOf(stage: EditedStage, instruction: Instruction): number {
  return lineEndOf(stage, stage.own[positionOf(stage, instruction) - 1] ?? stage.from);
}

function lineEndOf({ text }: EditedStage, { span }: Instruction): number {
  return lineAt(text, Math.max(span.start, span.end - 1)).end;
}

function indentOf({ text }: EditedStage, { span }: Instruction): string {
  return /^[ \t]*/.exec(text.slice(lineAt(text, span.start).start, span.start))?.[0] ?? "";
}

/** Writes the keyword in lower case if that of FROM is in lower case. */
function styled({ text, from }: EditedStage, instruction: string): string {
  const lower = /^[a-z]/.test(text.slice(from.keywordSpan.start, from.keywordSpan.end));
  return instruction.replace(/^[A-Za-z]+/, (word) => (lower ? word.toLowerCase() : word.toUpperCase()));
}

/** The start of the continuation characters, and of the spaces around them, that precede an offset. */
function beforeContinuations(text: string, place: number, escapeChar: string): number {
  for (let at = place; ; ) {
    let end = at;
    while (/\s/.test(text[end - 1] ?? "")) end--;
    if (text[end - 1] !== escapeChar) return at;
    at = end - 1;
  }
}
