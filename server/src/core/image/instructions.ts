import { DockerfileParser } from "dockerfile-ast";
import { type MappedText, textBuilder } from "../shell/mapped-text";
import type { Span } from "../text";
import type { Heredoc, Instruction } from "./image";

export interface Instructions {
  readonly escapeChar: "\\" | "`";
  /** Every instruction in file order; before the first FROM the stage is -1. */
  readonly instructions: readonly Instruction[];
}

/**
 * Splits a Dockerfile. The library finds where instructions begin and end; bodies are joined here, because
 * it gives no way back from a joined text to the file. Text on which it fails has no instructions.
 */
export function readInstructions(text: string): Instructions {
  const { escapeChar, ranges } = split(text);
  let stage = -1;
  const instructions = ranges.map(({ span, keywordSpan, keyword }, index) => {
    if (keyword === "FROM") stage++;
    const { body, heredocs, end } = readBody(
      text,
      keywordSpan.end,
      span.end,
      escapeChar,
      heredocKeywords.has(keyword),
    );
    const start = body.pieces[0]?.source ?? keywordSpan.end;
    const argumentsSpan =
      body.text === "" ? { start: keywordSpan.end, end: keywordSpan.end } : { start, end };
    return { keyword, span, keywordSpan, arguments: body.text, argumentsSpan, body, heredocs, index, stage };
  });
  return { escapeChar, instructions };
}

const heredocKeywords = new Set(["RUN", "COPY", "ADD"]);

interface Range {
  readonly keyword: string;
  readonly span: Span;
  readonly keywordSpan: Span;
}

function split(text: string): { escapeChar: "\\" | "`"; ranges: Range[] } {
  try {
    const parsed = DockerfileParser.parse(text.replace(escapedEscape, "$1_"));
    const starts = [0, ...Array.from(text.matchAll(/\r\n|\n|\r/g), (match) => match.index + match[0].length)];
    const offset = ({ line, character }: { line: number; character: number }) =>
      Math.min(text.length, (starts[line] ?? text.length) + character);
    const ranges = parsed.getInstructions().map((instruction) => {
      const range = instruction.getRange();
      const keyword = instruction.getInstructionRange();
      const keywordSpan = { start: offset(keyword.start), end: offset(keyword.end) };
      const start = offset(range.start);
      const end = Math.max(keywordSpan.end, trimmedEnd(text, start, offset(range.end)));
      return { keyword: instruction.getKeyword(), span: { start, end }, keywordSpan };
    });
    return { escapeChar: parsed.getEscapeCharacter() === "`" ? "`" : "\\", ranges };
  } catch {
    return { escapeChar: "\\", ranges: [] };
  }
}

/** Two escape characters at the end of a line are a character to the builder, a continuation to the library. */
const escapedEscape = /([\\`])\1(?=[ \t]*\r?$)/gm;

function trimmedEnd(text: string, start: number, end: number): number {
  let at = end;
  while (at > start && /\s/.test(text[at - 1] ?? "")) at--;
  return at;
}

interface Body {
  readonly body: MappedText;
  readonly heredocs: readonly Heredoc[];
  /** End of the last argument, in the file. */
  readonly end: number;
}

/**
 * Joins the lines of one instruction from `from` to `to`: continuations, comment lines and empty lines
 * between them vanish, as in the builder. What follows the last joined line are heredoc bodies.
 */
function readBody(text: string, from: number, to: number, escapeChar: string, withHeredocs: boolean): Body {
  const builder = textBuilder();
  let at = from;
  let end = from;
  for (let first = true; at <= to; first = false) {
    const found = text.indexOf("\n", at);
    const next = found === -1 || found >= to ? to + 1 : found + 1;
    const line = text.slice(at, next - 1).replace(/\r$/, "");
    const begin = first ? line.length - line.trimStart().length : 0;
    if (!first && /^\s*(#|$)/.test(line)) {
      at = next;
      continue;
    }
    const trimmed = line.trimEnd();
    const continued = trimmed.endsWith(escapeChar) && !trimmed.endsWith(escapeChar + escapeChar);
    const piece = continued ? trimmed.slice(0, -1) : next > to ? trimmed : line;
    builder.copy(piece.slice(begin), at + begin);
    if (piece.trim() !== "") end = at + piece.trimEnd().length;
    at = next;
    if (!continued) break;
  }
  const joined = builder.build();
  const body = { ...joined, text: joined.text.trimEnd() };
  return { body, heredocs: withHeredocs ? readHeredocs(text, body.text, at, to) : [], end };
}

/** Reads the bodies of the heredocs that `head` opens, from `from` on, in their order. */
function readHeredocs(text: string, head: string, from: number, to: number): Heredoc[] {
  if (from > to || !head.includes("<<")) return [];
  const heredocs: Heredoc[] = [];
  const opening = /(^|[^<])<<(-?)\s*(["']?)([A-Za-z0-9_.-]+)\3/g;
  let at = from;
  for (const [, , dash, quote, name = ""] of head.matchAll(opening)) {
    const start = at;
    let end = at;
    for (let closed = false; !closed && at <= to; ) {
      const found = text.indexOf("\n", at);
      const next = found === -1 || found >= to ? to + 1 : found + 1;
      const line = text.slice(at, next - 1).replace(/\r$/, "");
      closed = (dash ? line.replace(/^\t+/, "") : line) === name;
      end = closed ? at : Math.min(next, to);
      at = next;
    }
    const span = { start, end: Math.max(start, end) };
    heredocs.push({
      name,
      body: text.slice(span.start, span.end),
      span,
      quoted: quote !== "",
      stripTabs: dash !== "",
    });
  }
  return heredocs;
}
