import { lineEnd } from "../base/text";
import { type MappedText, plainText, sliceText, sourceSpan, textBuilder } from "../shell/mapped-text";
import { jsonStrings, readFlags } from "./arguments";
import { type Directives, readDirectives } from "./directives";
import { readHeredocs } from "./heredocs";
import type { Instruction } from "./image";
import { skipSpace, trimEnd } from "./space";

export interface Instructions extends Directives {
  /** All instructions in file order; before the first FROM, the stage is -1. */
  readonly instructions: readonly Instruction[];
}

/** Splits a Dockerfile as BuildKit does, in one pass over its lines. Any content can be split. */
export function readInstructions(text: string): Instructions {
  const begin = text.startsWith("\uFEFF") ? 1 : 0;
  const directives = readDirectives(text, begin);
  const instructions: Instruction[] = [];
  let stage = -1;
  for (let at = skipSpace(text, begin); at < text.length; at = skipSpace(text, at)) {
    if (text[at] === "#") {
      at = lineEnd(text, at);
      continue;
    }
    const { line, end, next } = joinLines(text, at, directives.escapeChar);
    const { keyword, keywordSpan, body } = readKeyword(line);
    if (keyword === "FROM") stage++;
    const { heredocs, next: after } = takesHeredocs(keyword, body, directives.escapeChar)
      ? readHeredocs(text, line.text, next)
      : { heredocs: [], next };
    instructions.push({
      keyword,
      span: { start: at, end: after === next ? end : trimEnd(text, end, Math.min(after, text.length)) },
      keywordSpan,
      arguments: body.text,
      argumentsSpan:
        body.text === ""
          ? { start: keywordSpan.end, end: keywordSpan.end }
          : sourceSpan(body, 0, body.text.length),
      body,
      heredocs,
      index: instructions.length,
      stage,
    });
    at = after;
  }
  return { instructions, ...directives };
}

interface Joined {
  readonly line: MappedText;
  /** The offset after its last character that is not white space. */
  readonly end: number;
  /** The start of the next line. */
  readonly next: number;
}

/**
 * Joins the line that begins at `from` with its continuation lines. An escape character at the end of a line, with or
 * without spaces after it, continues the line, unless another escape character precedes it. Comments and empty lines
 * after it are dropped.
 */
function joinLines(text: string, from: number, escapeChar: string): Joined {
  const feed = lineEnd(text, from);
  // Fast path, since most lines are not continued.
  if (text[trimBlanks(text, from, feed) - 1] !== escapeChar) {
    const end = trimEnd(text, from, feed);
    return { line: plainText(text.slice(from, end), from), end, next: feed + 1 };
  }
  return joinContinued(text, from, escapeChar);
}

function joinContinued(text: string, from: number, escapeChar: string): Joined {
  const builder = textBuilder();
  let end = from;
  let at = from;
  let continued = true;
  while (continued && at < text.length) {
    const feed = lineEnd(text, at);
    const first = skipSpace(text, at, feed);
    const skipped = at !== from && (first === feed || text[first] === "#");
    if (!skipped) {
      const stop = trimBlanks(text, at, feed);
      continued = text[stop - 1] === escapeChar && text[stop - 2] !== escapeChar && stop > at;
      end = continued ? stop : trimEnd(text, at, feed);
      builder.copy(text.slice(at, continued ? stop - 1 : end), at);
    }
    at = feed + 1;
  }
  const line = builder.build();
  return { line: line.text === "" ? plainText("", from) : line, end, next: at };
}

/** The end of the line from `from` to `to`, without carriage returns and the spaces before them. */
function trimBlanks(text: string, from: number, to: number): number {
  let end = to;
  while (end > from && text[end - 1] === "\r") end--;
  while (end > from && (text[end - 1] === " " || text[end - 1] === "\t")) end--;
  return end;
}

/** Splits a joined line after its first word. White space at either end is ignored. */
function readKeyword(line: MappedText) {
  const { text } = line;
  const start = skipSpace(text, 0);
  const end = trimEnd(text, start, text.length);
  const [word = ""] = /^[^\t\v\f\r ]*/.exec(text.slice(start, end)) ?? [];
  const stop = start + word.length;
  return {
    keyword: word.toUpperCase(),
    keywordSpan: sourceSpan(line, start, stop),
    body: sliceText(line, skipSpace(text, stop, end), end),
  };
}

const heredocKeywords = new Set(["RUN", "COPY", "ADD"]);

/** Whether an instruction may open heredocs: RUN, COPY or ADD, directly or in ONBUILD, and not in JSON form. */
function takesHeredocs(keyword: string, body: MappedText, escapeChar: string): boolean {
  if (!body.text.includes("<<")) return false;
  if (keyword === "ONBUILD") {
    const { rest } = readFlags(body, escapeChar);
    const trigger = readKeyword(sliceText(body, rest));
    return trigger.keyword !== "ONBUILD" && takesHeredocs(trigger.keyword, trigger.body, escapeChar);
  }
  return heredocKeywords.has(keyword) && !jsonStrings(body, readFlags(body, escapeChar).rest);
}
