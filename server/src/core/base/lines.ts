import { type Edit, lineAt, nextLine, type Span } from "./text";

/** Whether a line is an ignore comment for the lines that follow it. */
export function isIgnore(line: string): boolean {
  return /^[ \t]*#[ \t]*systemd-containers-ignore[ \t]/.test(line);
}

/** Whether a line is an ignore comment for its file. */
function isFileIgnore(line: string): boolean {
  return /^[ \t]*#[ \t]*systemd-containers-ignore-file[ \t]/.test(line);
}

/** A line between two instructions or keys: empty, or a comment. */
interface GapLine extends Span {
  readonly text: string;
}

/**
 * The offset at which to insert lines above an instruction or key: above the comments directly above it, and above
 * every comment block that contains an ignore comment for it, so that the comment covers the same as before. `floor`
 * is an offset in the last line that is not part of the gap.
 */
export function aboveComments(text: string, offset: number, floor: number): number {
  const gap = linesAbove(text, offset, floor);
  const last = gap.findLastIndex((line) => isIgnore(line.text));
  const block = gap.findIndex((line, index) => index > last && isBlank(line.text));
  return gap[(block === -1 ? gap.length : block) - 1]?.start ?? lineAt(text, offset).start;
}

/**
 * The edits that remove the lines of an instruction or key. The comment directly above is also removed if the two
 * together are surrounded by blank lines or the ends of the file; an ignore comment for it is always removed. If
 * there are blank lines both above and below, one side is kept, unless the lines are `replaced`. `opens`: there
 * should be no blank line after the line of `floor`.
 */
export function deleteWithComments(
  text: string,
  span: Span,
  floor: number,
  { opens = false, replaced = false } = {},
): Edit[] {
  let start = lineAt(text, span.start).start;
  const end = nextLine(text, span.end);
  const gap = linesAbove(text, start, floor);
  const block = gap.findIndex((line) => isBlank(line.text));
  const comments = gap.slice(0, block === -1 ? gap.length : block);
  const isApart =
    !replaced && block !== -1 && isBlankAt(text, end) && !comments.some((line) => isFileIgnore(line.text));
  const gone = gap.filter((line, index) => isIgnore(line.text) || (isApart && index < block));
  const apart: Span[] = [];
  for (const line of gone) {
    const between = gap.filter((other) => other.start >= line.end && other.end <= start);
    if (between.every((other) => isBlank(other.text))) start = line.start;
    else if (apart[0]?.start === line.end) apart[0] = { start: line.start, end: apart[0].end };
    else apart.unshift({ start: line.start, end: line.end });
  }
  const edits: Edit[] = apart.map((lines) => ({ span: withBlanksBelow(text, lines), text: "" }));
  if (replaced) return [...edits, { span: { start, end }, text: "" }];
  const above = gap.filter((line) => line.end <= start && !gone.includes(line));
  const blanks = above.findIndex((line) => !isBlank(line.text));
  const top = above[(blanks === -1 ? above.length : blanks) - 1];
  const below = isBelowBlank(text, start) || (opens && above.length === 0) ? afterBlanks(text, end) : end;
  const atEnd = below === text.length;
  const from = atEnd ? (top?.start ?? start) : start;
  // If the file does not end in a line break, the line break before the removed lines is removed.
  if (atEnd && from > 0 && !text.endsWith("\n")) start = lineAt(text, from - 1).end;
  // Blank lines are separate edits because they are kept if something is inserted in their place.
  if (from < start) edits.push({ span: { start: from, end: start }, text: "" });
  edits.push({ span: { start, end }, text: "" });
  if (below > end) edits.push({ span: { start: end, end: below }, text: "" });
  return edits;
}

/** The comments and blank lines above the line of `offset`, down to the line of `floor`, nearest first. */
function linesAbove(text: string, offset: number, floor: number): GapLine[] {
  const lines: GapLine[] = [];
  const limit = nextLine(text, floor);
  for (let { start } = lineAt(text, offset); start > limit; ) {
    const line = lineAt(text, start - 1);
    const said = text.slice(line.start, line.end);
    if (!/^\s*(#|$)/.test(said)) break;
    lines.push({ start: line.start, end: start, text: said });
    start = line.start;
  }
  return lines;
}

/** Extends a span of lines by the blank lines below it, if there are also blank lines above it. */
export function withBlanksBelow(text: string, { start, end }: Span): Span {
  return { start, end: isBelowBlank(text, start) ? afterBlanks(text, end) : end };
}

function isBelowBlank(text: string, start: number): boolean {
  return start > 0 && isBlankAt(text, lineAt(text, start - 1).start);
}

/** The start of the first line at or after `start` that is not empty. */
function afterBlanks(text: string, start: number): number {
  let at = start;
  while (at < text.length && isBlankAt(text, at)) at = nextLine(text, at);
  return at;
}

function isBlank(line: string): boolean {
  return line.trim() === "";
}

/** Whether there is a blank line, or the end of the file, at the start of a line. */
function isBlankAt(text: string, start: number): boolean {
  return isBlank(text.slice(start, lineAt(text, start).end));
}
