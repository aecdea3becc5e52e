import type { Node, Scalar } from "yaml";
import { type MappedText, textBuilder } from "../shell/mapped-text";
import type { YamlFile } from "./document";
import { isScalar, startOf } from "./nodes";

type Builder = ReturnType<typeof textBuilder>;

/**
 * The value of a scalar in any style, mapped to positions in the file; undefined if the node is not a scalar or
 * cannot be mapped.
 */
export function scalarText(file: YamlFile, node: Node): MappedText | undefined {
  if (!isScalar(node) || typeof node.value !== "string") return undefined;
  const builder = textBuilder();
  const [start, end] = [startOf(node), node.range?.[1] ?? startOf(node)];
  if (isBlock(node)) writeBlock(builder, file.text, { start, end }, node);
  else if (node.type === "PLAIN") writeFlow(builder, file.text, { start, end }, "");
  else writeFlow(builder, file.text, { start: start + 1, end: end - 1 }, file.text[start] ?? "");
  const built = builder.build();
  return built.text === node.value ? built : undefined;
}

/** Whether the lines of a scalar are the lines of its value (`|`). */
export function isLiteral(node: Node): boolean {
  return isScalar(node) && node.type === "BLOCK_LITERAL";
}

function isBlock({ type }: Scalar): boolean {
  return type === "BLOCK_LITERAL" || type === "BLOCK_FOLDED";
}

interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** A line of a block scalar without its indentation. */
interface Line {
  readonly text: string;
  readonly start: number;
  /** The start of its line ending. */
  readonly end: number;
}

function writeBlock(builder: Builder, text: string, { start, end }: Stretch, node: Scalar) {
  const value = String(node.value);
  const lines = linesOf(text, text.indexOf("\n", start) + 1, end, value);
  const last = lines.findLastIndex((line) => line.text.trim() !== "");
  let written = 0;
  const put = (by: string, at: Stretch) => {
    builder.replace(by, at);
    written += by.length;
  };
  const fold = node.type === "BLOCK_FOLDED" ? folding() : literally();
  let ending: Stretch = { start, end: start };
  for (const line of lines.slice(0, last + 1)) {
    put(fold(line.text), ending);
    builder.copy(line.text, line.start);
    written += line.text.length;
    ending = { start: line.end, end: Math.min(line.end + 1, end) };
  }
  // The header determines how many line endings follow the last line.
  put(value.slice(written), ending);
}

/** The lines starting at `from`. Their indentation is that of the first one minus that of the value's first line. */
function linesOf(text: string, from: number, end: number, value: string): Line[] {
  const indentOf = (of: string) => /^ *(?=[^ \r\n])/m.exec(of)?.[0].length ?? 0;
  const body = text.slice(from, end);
  const indent = indentOf(body) - indentOf(value);
  let start = from;
  return body.split("\n").map((line) => {
    const at = start;
    start += line.length + 1;
    const plain = line.replace(/\r$/, "");
    const skipped = Math.min(indent, plain.length);
    return { text: plain.slice(skipped), start: at + skipped, end: at + plain.length };
  });
}

/** Returns the separators between lines of a literal scalar; called once per line. */
function literally(): (line: string) => string {
  let isFirst = true;
  return () => {
    const between = isFirst ? "" : "\n";
    isFirst = false;
    return between;
  };
}

/**
 * Like `literally`, but for a folded scalar: a line ending becomes a space, except beside empty or further indented
 * lines.
 */
function folding(): (line: string) => string {
  let between = "";
  let isBegun = false;
  let wasIndented = false;
  return (line) => {
    if (line === "") {
      if (!isBegun || between === "\n") return "\n";
      between = "\n";
      return "";
    }
    const isIndented = /^[ \t]/.test(line);
    if (isIndented && between === " ") between = "\n";
    else if (isIndented && !wasIndented && between === "\n") between = "\n\n";
    const found = between;
    between = isIndented ? "\n" : " ";
    wasIndented = isIndented;
    isBegun = true;
    return found;
  };
}

/**
 * Matches an escape sequence in double quotes, or an escaped line ending with the spaces at the start of the next
 * line.
 */
const escaped = /\\(?:x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8}|\r?\n[ \t]*|[\s\S])/y;
const space = /[ \t\r\n]+/y;
const others = { "": /[^ \t\r\n]+/y, "'": /[^ \t\r\n']+/y, '"': /[^ \t\r\n\\]+/y };

/**
 * Writes a scalar that is not a block: a line ending becomes a space, and each empty line after it becomes a line
 * ending.
 */
function writeFlow(builder: Builder, text: string, { start, end }: Stretch, quote: string) {
  const plain = others[quote as keyof typeof others] ?? others[""];
  const next = (pattern: RegExp, at: number) => {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0].slice(0, end - at) ?? "";
  };
  for (let at = start; at < end; ) {
    const white = next(space, at);
    const copied = white || next(plain, at);
    const taken = copied || (quote === '"' ? next(escaped, at) : "''");
    const feeds = white.split("\n").length - 1;
    const place = { start: at, end: at + taken.length };
    if (feeds > 0) builder.replace(feeds === 1 ? " " : "\n".repeat(feeds - 1), place);
    else if (copied) builder.copy(copied, at);
    else builder.replace(quote === '"' ? unescaped(taken) : "'", place);
    at += Math.max(1, taken.length);
  }
}

const letters: Readonly<Record<string, string>> = {
  "0": "\0",
  a: "\x07",
  b: "\b",
  e: "\x1b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
  N: "\x85",
  _: "\xa0",
  L: "\u2028",
  P: "\u2029",
};

function unescaped(written: string): string {
  const code = /^\\[xuU]([\da-fA-F]+)$/.exec(written)?.[1];
  if (code !== undefined) {
    const point = Number.parseInt(code, 16);
    return point > 0x10ffff ? "" : String.fromCodePoint(point);
  }
  const letter = written.slice(1);
  return /^\s/.test(letter) && letter.includes("\n") ? "" : (letters[letter] ?? letter);
}
