/** A range of a string, in UTF-16 offsets; `end` is exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Replaces the text that `span` covers; an empty span inserts. */
export interface Edit {
  readonly span: Span;
  readonly text: string;
}

/** The line ending of a document, which is that of its first line. */
export function lineEnding(text: string): "\r\n" | "\n" {
  const at = text.indexOf("\n");
  return at > 0 && text[at - 1] === "\r" ? "\r\n" : "\n";
}

/** Whether two edits cannot both be applied: they overlap, or insert at the same place. */
export function conflict(a: Edit, b: Edit): boolean {
  return a.span.start === b.span.start || overlap(a.span, b.span);
}

/** Whether two ranges share a character or, if one of them is empty, whether it is inside the other. */
export function overlap(a: Span, b: Span): boolean {
  return a.start < b.end && b.start < a.end;
}

/**
 * Keeps each item whose edits do not conflict with those of the items kept before it. The edits of one item do not
 * conflict with each other. Takes n log n time for n edits that are sorted by position.
 */
export function withoutConflicts<T>(all: readonly T[], editsOf: (one: T) => readonly Edit[]): T[] {
  /** Sorted by start, then by end: if an edit conflicts with any of them, it conflicts with a neighbor. */
  const taken: Edit[] = [];
  const placeOf = ({ span: { start, end } }: Edit) =>
    firstIndex(taken.length, (at) => {
      const { span } = taken[at] as Edit;
      return span.start === start ? span.end >= end : span.start > start;
    });
  const isFree = (edit: Edit) => {
    const place = placeOf(edit);
    return taken.slice(Math.max(place - 1, 0), place + 1).every((other) => !conflict(edit, other));
  };
  return all.filter((one) => {
    const edits = editsOf(one);
    if (!edits.every(isFree)) return false;
    for (const edit of edits) taken.splice(placeOf(edit), 0, edit);
    return true;
  });
}

/**
 * Applies edits that do not conflict, in any order. Line breaks in the text of an edit are converted to those of the
 * edited text, so an edit can use `\n`.
 */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const ending = lineEnding(text);
  let result = "";
  let at = 0;
  for (const edit of [...edits].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end)) {
    result += text.slice(at, edit.span.start) + edit.text.replace(/\r?\n/g, ending);
    at = edit.span.end;
  }
  return result + text.slice(at);
}

/**
 * The first index for which a condition is true, given that it stays true from there on; `length` if there is none.
 */
export function firstIndex(length: number, holds: (index: number) => boolean): number {
  let low = 0;
  for (let high = length; low < high; ) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The string without any of the given characters at its end. */
export function withoutTrailing(text: string, characters: string): string {
  let end = text.length;
  while (end > 0 && characters.includes(text[end - 1] ?? "")) end--;
  return text.slice(0, end);
}

/** The span of the line that contains `offset`, without its line ending. */
export function lineAt(text: string, offset: number): Span {
  // For offset 0, `lastIndexOf` would treat -1 as 0 and find a line break at the start of the text.
  const start = offset === 0 ? 0 : text.lastIndexOf("\n", offset - 1) + 1;
  const found = text.indexOf("\n", offset);
  const end = found === -1 ? text.length : found;
  return { start, end: text[end - 1] === "\r" && end > start ? end - 1 : end };
}

/** The end of the line that contains `offset`, before its line feed. */
export function lineEnd(text: string, offset: number): number {
  const found = text.indexOf("\n", offset);
  return found === -1 ? text.length : found;
}

/** The start of the line after that of `offset`, or the end of the text if there is none. */
export function nextLine(text: string, offset: number): number {
  return Math.min(lineEnd(text, offset) + 1, text.length);
}

/** The line of an offset, counted from 1. */
export function lineNumber(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}

/** The part of a line after its last slash, or all of it if it has no slash. */
export function lastSegment(path: string): string {
  return path.includes("/") ? path.replace(/^.*\//, "") : path;
}

/** The number of spaces and tabs at an offset. */
export function indentation(text: string, start: number): number {
  let at = start;
  while (text[at] === " " || text[at] === "\t") at++;
  return at - start;
}

/** The single edit that turns one string into another: it replaces the range that differs. */
export function difference(before: string, after: string): Edit {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start++;
  let left = 0;
  while (left < most - start && before.at(-1 - left) === after.at(-1 - left)) left++;
  return {
    span: { start, end: before.length - left },
    text: after.slice(start, after.length - left),
  };
}
