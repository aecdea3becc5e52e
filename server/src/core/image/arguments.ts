import { type MappedText, sourceSpan } from "../shell/mapped-text";
import type { Span } from "../text";
import type { Placed } from "./image";

/** Words divided by blanks, as VOLUME, COPY or EXPOSE have them: quotes mean nothing. */
export function plainWords(body: MappedText, from = 0): Placed<string>[] {
  const words: Placed<string>[] = [];
  const word = /\S+/g;
  word.lastIndex = from;
  for (let match = word.exec(body.text); match; match = word.exec(body.text)) {
    words.push({ value: match[0], span: sourceSpan(body, match.index, match.index + match[0].length) });
  }
  return words;
}

/** A word with its quotes and escapes as written, and its place in the body. */
export interface RawWord {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Words divided by blanks outside of quotes, as ENV, ARG and flags have them. */
export function quotedWords({ text }: MappedText, escapeChar: string, from = 0): RawWord[] {
  const words: RawWord[] = [];
  let start = -1;
  let quote = "";
  const close = (end: number) => {
    if (start !== -1) words.push({ text: text.slice(start, end), start, end });
    start = -1;
  };
  for (let at = from; at < text.length; at++) {
    const char = text[at] ?? "";
    if (quote === "" && /\s/.test(char)) {
      close(at);
      continue;
    }
    if (start === -1) start = at;
    if (char === escapeChar && quote !== "'") at++;
    else if (quote === "" && (char === '"' || char === "'")) quote = char;
    else if (char === quote) quote = "";
  }
  close(text.length);
  return words;
}

/** Flags that open an instruction, and where what they belong to begins. */
export function readFlags(body: MappedText, escapeChar: string): { flags: Flag[]; rest: number } {
  const flags: Flag[] = [];
  let rest = 0;
  if (!/^\s*--/.test(body.text)) return { flags, rest };
  for (const { text, start, end } of quotedWords(body, escapeChar)) {
    if (!text.startsWith("--")) break;
    rest = end;
    if (text === "--") break;
    const equals = text.indexOf("=");
    flags.push({
      name: text.slice(2, equals === -1 ? undefined : equals).toLowerCase(),
      value: equals === -1 ? "" : text.slice(equals + 1),
      span: sourceSpan(body, start, end),
    });
  }
  return { flags, rest };
}

export interface Flag {
  readonly name: string;
  readonly value: string;
  readonly span: Span;
}

/**
 * The strings of a JSON list, each with the span of its literal (quotes included). Undefined when the
 * text is no list of strings: the builder then takes it for the shell form.
 */
export function jsonStrings(body: MappedText, from = 0): Placed<string>[] | undefined {
  const { text } = body;
  const list = /\s*\[\s*(\])?/y;
  list.lastIndex = from;
  const open = list.exec(text);
  if (!open) return undefined;
  const strings: Placed<string>[] = [];
  let at = list.lastIndex;
  if (open[1] === undefined) {
    const item = /("(?:[^"\\]|\\.)*")\s*([,\]])\s*/y;
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
