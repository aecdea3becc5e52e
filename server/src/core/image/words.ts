import type { Span } from "../base/text";
import { isSpace } from "./space";

/** Substitutions can be nested. A line with more levels than this is treated as one that BuildKit rejects. */
const deepest = 1000;

/**
 * The words of a joined line as BuildKit splits them to find heredocs: spaces separate words, except in quotes and
 * after `<<`; the content of `${…}` is also split. Quotes and escapes are kept. Undefined for a line with an open
 * quote or an invalid substitution.
 */
export function splitWords(line: string): Span[] | undefined {
  const words: Span[] = [];
  let start = -1;
  let at = 0;
  const divide = (from: number, to: number) => {
    for (let index = from; index < to; index++) {
      const blank = isSpace(line.charCodeAt(index));
      if (!blank && start === -1) start = index;
      if (!blank || start === -1) continue;
      words.push({ start, end: index });
      start = -1;
    }
  };
  while (at < line.length) {
    const next = skipToken(line, at);
    if (next === undefined) return undefined;
    const char = line[at];
    if (char === "'" || char === '"' || char === "<" || char === "\\") {
      if (start === -1) start = at;
    } else divide(at, next);
    at = next;
  }
  if (start !== -1) words.push({ start, end: line.length });
  return words;
}

/**
 * The end of the token that begins at `at`: a quoted string, a variable, an escape, `<`, or `<<` with the spaces
 * after it, or a single character.
 */
function skipToken(line: string, at: number): number | undefined {
  switch (line[at]) {
    case "<":
      return line[at + 1] === "<" ? skipBlanks(line, at + 2) : at + 1;
    case "$":
    case "'":
    case '"':
      return skipNested(line, at);
    case "\\":
      return Math.min(at + 2, line.length);
    default:
      return at + 1;
  }
}

function skipBlanks(line: string, from: number): number {
  let at = from;
  while (line[at] === " " || line[at] === "\t" || line[at] === "\r") at++;
  return at;
}

/**
 * The end of a quoted string or variable, including its content. `open` contains the closing characters that are
 * still expected, the innermost last.
 */
function skipNested(line: string, from: number): number | undefined {
  const open: string[] = [];
  let at = from;
  do {
    const char = line[at];
    const inQuote = open.at(-1) === '"';
    if (char === undefined || open.length > deepest) return undefined;
    if (char === open.at(-1)) {
      open.pop();
      at++;
    } else if (char === "\\") {
      at += inQuote && !/["$\\]/.test(line[at + 1] ?? "") ? 1 : 2;
    } else if (char === "$") {
      const opened = openVariable(line, at);
      if (!opened) return undefined;
      open.push(...opened.closers);
      at = opened.next;
    } else if (char === '"') {
      open.push(char);
      at++;
    } else if (char === "'" && !inQuote) {
      const close = line.indexOf("'", at + 1);
      if (close === -1) return undefined;
      at = close + 1;
    } else at++;
  } while (open.length > 0);
  return at;
}

/**
 * The end of the variable name that begins at `at`: a word, the number of an argument, or a special parameter of a
 * shell (`$?`). Returns `at` if no name begins there.
 */
export function skipName(text: string, at: number): number {
  const name = /[@*#?\-$!]|\p{Nd}+|[\p{L}_][\p{L}\p{Nd}_]*|/uy;
  name.lastIndex = at;
  name.exec(text);
  return name.lastIndex;
}

/**
 * Reads `$name`, or `${name` and its operator. `closers` are the characters that close what it opens. Undefined for a
 * bad substitution.
 */
function openVariable(line: string, at: number): { next: number; closers: string[] } | undefined {
  if (line[at + 1] !== "{") return { next: skipName(line, at + 1), closers: [] };
  if (/[{}:]/.test(line[at + 2] ?? ":")) return undefined;
  const end = skipName(line, at + 2);
  const operator = line[end] ?? "";
  if (operator === "}") return { next: end + 1, closers: [] };
  if (operator === ":")
    return /[#%]/.test(line[end + 1] ?? "#") ? undefined : { next: end + 2, closers: ["}"] };
  if (operator === "/") return { next: end + (line[end + 1] === "/" ? 2 : 1), closers: ["}", "/"] };
  return /[-+?#%]/.test(operator) ? { next: end + 1, closers: ["}"] } : undefined;
}

/** A word without quotes and escapes; `quoted` is true if any part of it was quoted. Variables are kept. */
export function unquote(word: string): { text: string; quoted: boolean } {
  let text = "";
  let quote = "";
  let quoted = false;
  for (let at = 0; at < word.length; at++) {
    const char = word[at] ?? "";
    const next = word[at + 1] ?? "";
    if (char === quote) quote = "";
    else if (quote === "" && (char === "'" || char === '"')) {
      quote = char;
      quoted = true;
    } else if (char === "\\" && (quote === "" || (quote === '"' && /["$\\]/.test(next)))) {
      text += next;
      at++;
    } else text += char;
  }
  return { text, quoted };
}
