import type { Edit, Span } from "../base/text";
import { columnOf } from "./nodes";

/** The end of the line that contains the offset, before its line ending. */
export function lineEnd(text: string, offset: number): number {
  const found = text.indexOf("\n", offset);
  if (found === -1) return text.length;
  return found > offset && text[found - 1] === "\r" ? found - 1 : found;
}

/** Replaces the text between two offsets. */
export function replaceText(start: number, end: number, by: string): Edit {
  return { span: { start, end }, text: by };
}

/** Inserts lines after the line of `offset`, at the end of that line, for lines that belong to its list. */
export function insertAtLineEnd(text: string, offset: number, lines: readonly string[]): Edit {
  const end = lineEnd(text, offset);
  return { span: { start: end, end }, text: `\n${lines.join("\n")}` };
}

/** Inserts lines after the line of `offset`, at the start of the next one, so that the line itself can be removed. */
export function insertOnNextLine(text: string, offset: number, lines: readonly string[]): Edit {
  const found = text.indexOf("\n", offset);
  if (found === -1) return insertAtLineEnd(text, offset, lines);
  return { span: { start: found + 1, end: found + 1 }, text: `${lines.join("\n")}\n` };
}

/** Removes complete lines. */
export function deleteLines(text: string, start: number, end: number): Edit {
  const found = text.indexOf("\n", end);
  return {
    span: { start: start - columnOf(text, start), end: found === -1 ? text.length : found + 1 },
    text: "",
  };
}

/**
 * Merges edits into one consistent set: insertions at the same offset and overlapping deletions are joined, and any
 * other overlap makes the set impossible. Lines inserted after a removed last line do not start with a line break. A
 * claim replaces a span with its own text, so that another set of edits that claims the same span conflicts with this
 * one.
 */
export function consistent(
  text: string,
  edits: readonly Edit[],
  claims: readonly Span[],
): Edit[] | undefined {
  const result: Edit[] = [];
  for (const edit of sorted(edits.filter((each) => !isKeptApart(text, each, edits)))) {
    const last = result.at(-1);
    const { start, end } = edit.span;
    if (
      last &&
      start === text.length &&
      last.span.end === start &&
      isLines(text, last) &&
      edit.text.startsWith("\n")
    ) {
      result.push({ span: edit.span, text: edit.text.slice(1) });
    } else if (!last || start > last.span.end || (start === last.span.end && !isInsertionAt(last, edit))) {
      result.push(edit);
    } else if (start === last.span.end && end === start) {
      result[result.length - 1] = { span: last.span, text: last.text + edit.text };
    } else if (last.text === "" && edit.text === "") {
      result[result.length - 1] = {
        span: { start: last.span.start, end: Math.max(end, last.span.end) },
        text: "",
      };
    } else {
      return undefined;
    }
  }
  const held = claims.filter(({ start, end }, index) => {
    const repeated = claims.findIndex((claim) => claim.start === start) < index;
    return !repeated && result.every(({ span }) => span.end <= start || span.start >= end);
  });
  return sorted([...result, ...held.map((span) => ({ span, text: text.slice(span.start, span.end) }))]);
}

/** Whether an edit removes blank lines beside an insertion, which are needed to separate the inserted text. */
function isKeptApart(text: string, { span, text: by }: Edit, edits: readonly Edit[]): boolean {
  if (by !== "" || span.start === span.end || text.slice(span.start, span.end).trim() !== "") return false;
  const ends = edits.filter((each) => each.text === "" && each.span.start === span.end);
  const places = [span.start, ...ends.map((each) => each.span.end)];
  return edits.some((each) => each.span.start === each.span.end && places.includes(each.span.start));
}

/** Whether an edit removes complete lines. */
function isLines(text: string, { span, text: by }: Edit): boolean {
  return by === "" && span.end > span.start && columnOf(text, span.start) === 0;
}

function isInsertionAt(a: Edit, b: Edit): boolean {
  return a.span.start === a.span.end && b.span.start === b.span.end && a.span.start === b.span.start;
}

function sorted(edits: readonly Edit[]): Edit[] {
  return [...edits].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
}
