import type { Span } from "../base/text";
import { type MappedText, sourceSpan } from "../shell/mapped-text";
import type { Placed } from "./image";
import { isSpace, skipSpace } from "./space";

/** Words separated by spaces, as in VOLUME, COPY or EXPOSE, where quotes have no meaning. */
export function plainWords(body: MappedText, from = 0): Placed<string>[] {
  const words: Placed<string>[] = [];
  const word = /[^\t\n\v\f\r ]+/g;
  word.lastIndex = from;
  for (let match = word.exec(body.text); match; match = word.exec(body.text)) {
    words.push({ value: match[0], span: sourceSpan(body, match.index, match.index + match[0].length) });
  }
  return words;
}

/** A word with its quotes and escapes as written, and its position in the body. */
export interface RawWord {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Words separated by spaces outside quotes, as in ENV, ARG and flags. */
export function quotedWords({ text }: MappedText, escapeChar: string, from = 0): RawWord[] {
  const words: RawWord[] = [];
  for (let word = wordFrom(text, from, escapeChar); word; word = wordFrom(text, word.end, escapeChar)) {
    words.push(word);
  }
  return words;
}

/** The next word at or after `from`. */
function wordFrom(text: string, from: number, escapeChar: string): RawWord | undefined {
  const start = skipSpace(text, from);
  let quote = "";
  let at = start;
  for (; at < text.length; at++) {
    const char = text[at] ?? "";
    if (quote === "" && isSpace(text.charCodeAt(at))) break;
    if (char === escapeChar && quote !== "'") at++;
    else if (quote === "" && (char === '"' || char === "'")) quote = char;
    else if (char === quote) quote = "";
  }
  const end = Math.min(at, text.length);
  return start < end ? { text: text.slice(start, end), start, end } : undefined;
}

/** The flags at the start of an instruction, and the offset at which the rest begins. */
export function readFlags(body: MappedText, escapeChar: string): { flags: Flag[]; rest: number } {
  const flags: Flag[] = [];
  let rest = 0;
  for (let at = skipSpace(body.text, 0); body.text.startsWith("--", at); at = skipSpace(body.text, rest)) {
    const { text, start, end } = wordFrom(body.text, at, escapeChar) ?? { text: "", start: at, end: at };
    rest = end;
    if (text === "--") break;
    const [, name = "", value = ""] = /^--([^=]*)=?(.*)$/s.exec(withoutQuotes(text, escapeChar)) ?? [];
    flags.push({ name: name.toLowerCase(), value, span: sourceSpan(body, start, end) });
  }
  return { flags, rest };
}

/** A flag without its quotes and escape characters. */
function withoutQuotes(text: string, escapeChar: string): string {
  const escaped = escapeChar === "`" ? /["']|`(.?)/gs : /["']|\\(.?)/gs;
  return text.replace(escaped, (_, next = "") => next);
}

export interface Flag {
  readonly name: string;
  readonly value: string;
  readonly span: Span;
}

/**
 * The strings of a JSON list, each with the span of its literal, including quotes. Undefined if the text is not a
 * list of strings, in which case the builder uses the shell form.
 */
export function jsonStrings(body: MappedText, from = 0): Placed<string>[] | undefined {
  const { text } = body;
  const list = /\s*\[[ \t\r\n]*(\])?/y;
  list.lastIndex = from;
  const open = list.exec(text);
  if (!open) return undefined;
  const strings: Placed<string>[] = [];
  let at = list.lastIndex;
  if (open[1] === undefined) {
    const item = /("(?:[^"\\]|\\.)*")[ \t\r\n]*([,\]])[ \t\r\n]*/y;
    for (;;) {
      item.lastIndex = at;
      const match = item.exec(text);
      const value = match?.[1] === undefined ? undefined : unquote(match[1]);
      if (!match?.[1] || value === undefined) return undefined;
      strings.push({ value, span: sourceSpan(body, at, at + match[1].length) });
      at = item.lastIndex;
      if (match[2] === "]") break;
    }
  }
  return text.slice(at).trim() === "" ? strings : undefined;
}

function unquote(literal: string): string | undefined {
  try {
    return JSON.parse(literal) as string;
  } catch {
    return undefined;
  }
}
