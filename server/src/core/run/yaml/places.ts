import type { Edit, Span } from "../../text";
import { columnOf } from "./nodes";

/** The end of an offset's line, before its line ending. */
export function lineEnd(text: string, offset: number): number {
  const found = text.indexOf("\n", offset);
  if (found === -1) return text.length;
  return found > offset && text[found - 1] === "\r" ? found - 1 : found;
}

/** Lines after the line of `offset`, written at its end: for what belongs to that line's list. */
export function insertAtLineEnd(text: string, offset: number, lines: readonly string[]): Edit {
  const end = lineEnd(text, offset);
  return { span: { start: end, end }, text: `\n${lines.join("\n")}` };
}

/** Lines after the line of `offset`, written before the next one, so that the line itself may go. */
export function insertOnNextLine(text: string, offset: number, lines: readonly string[]): Edit {
  const found = text.indexOf("\n", offset);
  if (found === -1) return insertAtLineEnd(text, offset, lines);
  return { span: { start: found + 1, end: found + 1 }, text: `${lines.join("\n")}\n` };
}

/** Takes away whole lines. */
export function deleteLines(text: string, start: number, end: number): Edit {
  const found = text.indexOf("\n", end);
  return {
    span: { start: start - columnOf(text, start), end: found === -1 ? text.length : found + 1 },
    text: "",
  };
}

/**
 * Takes items out of brackets, each with the comma before it, the first with the one behind it. Where a
 * comment stands between, only the item and its own comma go.
 */
export function flowRemovals(
  text: string,
  whole: Span,
  items: readonly Span[],
  removed: readonly boolean[],
): Edit[] {
  const edits: Edit[] = [];
  for (let first = 0; first < items.length; first++) {
    if (!removed[first]) continue;
    let last = first;
    while (removed[last + 1]) last++;
    const span = { start: (items[first] as Span).start, end: (items[last] as Span).end };
    const before = items[first - 1]?.end;
    const after = items[last + 1]?.start;
    const gap = before === undefined ? text.slice(span.end, after) : text.slice(before, span.start);
    if (gap.includes("#")) edits.push({ span: withComma(text, span, whole.end), text: "" });
    else
      edits.push({
        span: { start: before ?? span.start, end: before === undefined ? (after ?? span.end) : span.end },
        text: "",
      });
    first = last;
  }
  return edits;
}

/** An item with the comma behind it, and with its line when nothing else stands there. */
function withComma(text: string, { start, end }: Span, limit: number): Span {
  const comma = /^\s*,/.exec(text.slice(end, limit));
  const last = end + (comma?.[0].length ?? 0);
  const first = start - columnOf(text, start);
  const alone = text.slice(first, start).trim() === "" && text.slice(last, lineEnd(text, last)).trim() === "";
  return alone ? deleteLines(text, start, last).span : { start, end: last };
}

/** Puts items behind the last one in brackets, on lines of their own when that one stands so. */
export function flowInsertion(
  text: string,
  whole: Span,
  items: readonly Span[],
  added: readonly string[],
): Edit[] {
  if (added.length === 0) return [];
  const last = items.at(-1);
  if (!last) {
    const blank = text.slice(whole.start + 1, whole.end).trim() === "";
    return [{ span: { start: blank ? whole.start + 1 : whole.end, end: whole.end }, text: added.join(", ") }];
  }
  const before = items.at(-2)?.end ?? whole.start + 1;
  if (!text.slice(before, last.start).includes("\n")) {
    return [{ span: { start: last.end, end: last.end }, text: added.map((item) => `, ${item}`).join("") }];
  }
  const indent = text.slice(last.start - columnOf(text, last.start), last.start).replace(/\S.*/s, "");
  const tail = text.slice(last.end, whole.end);
  if (!tail.includes("#")) {
    return [
      { span: { start: last.end, end: last.end }, text: added.map((item) => `,\n${indent}${item}`).join("") },
    ];
  }
  const line = insertAtLineEnd(text, last.end, [added.map((item) => indent + item).join(",\n")]);
  const hasComma = /^[^#]*,/.test(tail);
  return hasComma ? [line] : [{ span: { start: last.end, end: last.end }, text: "," }, line];
}

/**
 * Edits as one consistent set: insertions at one place become one, deletions that overlap become one, and
 * anything else that overlaps makes the set impossible. Lines after a last line that goes start no new line. A claim replaces a text by itself, so that another
 * set of edits which claims the same text conflicts with this one.
 */
export function consistent(
  text: string,
  edits: readonly Edit[],
  claims: readonly Span[],
): Edit[] | undefined {
  const result: Edit[] = [];
  for (const edit of sorted(edits)) {
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

/** Says whether an edit takes away whole lines. */
function isLines(text: string, { span, text: by }: Edit): boolean {
  return by === "" && span.end > span.start && columnOf(text, span.start) === 0;
}

function isInsertionAt(a: Edit, b: Edit): boolean {
  return a.span.start === a.span.end && b.span.start === b.span.end && a.span.start === b.span.start;
}

function sorted(edits: readonly Edit[]): Edit[] {
  return [...edits].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
}
