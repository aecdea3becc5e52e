import type { Span } from "../base/text";

const code = /\{#[\s\S]*?(?:#\}|$)|\{%[\s\S]*?(?:%\}|$)|\{\{[\s\S]*?(?:\}\}|$)/g;

/** Statements that can insert whole instructions, or in which braces are not code. */
const inserting = /\{%[-+]?\s*(?:include|extends|import|from|call|block|raw)\b/;

/**
 * The text with each expression replaced by a variable without a value, and each statement and comment by spaces.
 * Positions stay the same. A base image that depends on a condition is unknown too. Undefined if other files may
 * insert instructions.
 */
export function withoutJinja(text: string): string | undefined {
  if (inserting.test(text)) return undefined;
  const conditions: Span[] = [];
  const open: number[] = [];
  const masked = text.replace(code, (found, start: number) => {
    const [, end, word = ""] = /^\{%[-+]?\s*(end)?(\w*)/.exec(found) ?? [];
    if (/^(?:if|for)$/.test(word) && end) conditions.push({ start: open.pop() ?? 0, end: start });
    else if (/^(?:if|for)$/.test(word)) open.push(start);
    return found.startsWith("{{") && !/[\r\n]/.test(found) ? variable(found.length) : blank(found);
  });
  return masked.replace(
    /^([ \t]*FROM[ \t]+)(\S{4,})/gim,
    (line, before: string, image: string, at: number) =>
      conditions.some(({ start, end }) => start < at && at < end) ? before + variable(image.length) : line,
  );
}

/** A variable of the given length that no Dockerfile declares. */
const variable = (length: number) => `\${${"_".repeat(length - 3)}}`;

const blank = (text: string) => text.replace(/[^\r\n]/g, " ");

/** Whether the lines of a span contain code. */
export function hasJinja(text: string, { start, end }: Span): boolean {
  const first = text.lastIndexOf("\n", start - 1) + 1;
  const last = text.indexOf("\n", end);
  const lines = { start: first, end: last === -1 ? text.length : last };
  return [...text.matchAll(code)].some(
    ({ 0: found, index }) => index < lines.end && index + found.length > lines.start,
  );
}
