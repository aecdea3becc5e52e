import { deepestNesting } from "../../base/limits";
import { lineEnd, type Span } from "../../base/text";
import { closing, type Scanner, skip, skipBrackets, take } from "./scan";

/** A value as written. A computed value is `unknown`. */
export type Value = { readonly span: Span } & (
  | { readonly kind: "text"; readonly text: string }
  /** A number, `true`, `false`, or a reference such as `docker_image.web.name`. */
  | { readonly kind: "word"; readonly text: string }
  | { readonly kind: "list"; readonly items: readonly Value[] }
  | { readonly kind: "map"; readonly body: Body }
  | { readonly kind: "unknown" }
);

/** A name with its value: `privileged = true`, or an entry of a map. */
export interface Attribute {
  readonly name: string;
  readonly value: Value;
  readonly span: Span;
}

/** A block such as `volumes { … }`. */
export interface Block {
  readonly type: string;
  readonly labels: readonly string[];
  readonly body: Body;
  readonly span: Span;
}

/** The content between braces; `span` does not include the braces. */
export interface Body {
  readonly attributes: readonly Attribute[];
  readonly blocks: readonly Block[];
  readonly span: Span;
}

/** A Terraform file. */
export interface HclFile {
  readonly text: string;
  readonly body: Body;
  /** Part of the file was not understood, so it is not edited. */
  readonly isBroken: boolean;
  /** The multi-line strings in the file. */
  readonly heredocs: readonly Span[];
}

const name = /[A-Za-z_][\w-]*/y;
const word = /-?[\w.-]+(?:\[\d+\])?[\w.-]*/y;
const heredoc = /<<-?([A-Za-z_][\w-]*)[ \t]*\r?\n/y;

/**
 * Reads the blocks of a file in HashiCorp's configuration language (Terraform, configuration syntax). Expressions are
 * not evaluated. Never throws.
 */
export function readHcl(text: string): HclFile {
  const scanner: Scanner = { text, at: 0, depth: 0, isBroken: false, heredocs: [] };
  const body = readBody(scanner, false);
  if (scanner.at < text.length) scanner.isBroken = true;
  const { isBroken, heredocs } = scanner;
  return { text, body, isBroken, heredocs };
}

function readBody(scanner: Scanner, isMap: boolean): Body {
  const start = scanner.at;
  const attributes: Attribute[] = [];
  const blocks: Block[] = [];
  for (skip(scanner, true); scanner.at < scanner.text.length; skip(scanner, true)) {
    const from = scanner.at;
    const char = scanner.text[from];
    if (char === "}") break;
    if (char === ",") {
      scanner.at++;
      continue;
    }
    const read = readEntry(scanner, isMap);
    if (!read) {
      scanner.isBroken = true;
      skipExpression(scanner);
      if (scanner.at === from) scanner.at++;
    } else if ("value" in read) attributes.push(read);
    else blocks.push(read);
  }
  return { attributes, blocks, span: { start, end: scanner.at } };
}

function readEntry(scanner: Scanner, isMap: boolean): Attribute | Block | undefined {
  const start = scanner.at;
  const key = keyOf(scanner);
  if (key === undefined) return undefined;
  skip(scanner, false);
  const char = scanner.text[scanner.at];
  if ((char === "=" && scanner.text[scanner.at + 1] !== "=") || (isMap && char === ":")) {
    scanner.at++;
    skip(scanner, false);
    const value = readValue(scanner);
    return { name: key, value, span: { start, end: value.span.end } };
  }
  const labels: string[] = [];
  for (let label = keyOf(scanner); label !== undefined; label = keyOf(scanner)) {
    labels.push(label);
    skip(scanner, false);
  }
  const body = readBraces(scanner, false);
  return body && { type: key, labels, body, span: { start, end: scanner.at } };
}

/** A name, with or without quotes; for a computed key, its text. */
function keyOf(scanner: Scanner): string | undefined {
  const { text, at } = scanner;
  if (text[at] === '"') {
    const value = readText(scanner);
    return value.kind === "text" ? value.text : text.slice(at, scanner.at);
  }
  if (text[at] === "(") {
    skipExpression(scanner, "=");
    return text.slice(at, scanner.at);
  }
  return take(scanner, name)?.[0] ?? (/\d/.test(text[at] ?? "") ? take(scanner, word)?.[0] : undefined);
}

function readBraces(scanner: Scanner, isMap: boolean): Body | undefined {
  if (scanner.text[scanner.at] !== "{" || scanner.depth >= deepestNesting) return undefined;
  scanner.at++;
  scanner.depth++;
  const body = readBody(scanner, isMap);
  scanner.depth--;
  if (scanner.text[scanner.at] === "}") scanner.at++;
  else scanner.isBroken = true;
  return body;
}

function readValue(scanner: Scanner): Value {
  const start = scanner.at;
  const value = readOperand(scanner);
  const end = scanner.at;
  skip(scanner, false);
  if (/[\n\r,}\]]/.test(scanner.text[scanner.at] ?? "\n")) {
    scanner.at = end;
    return { ...value, span: { start, end } };
  }
  // An operator, a call or an index follows.
  skipExpression(scanner);
  return { kind: "unknown", span: { start, end: scanner.at } };
}

function readOperand(scanner: Scanner): Value {
  const { text, at: start } = scanner;
  const char = text[start];
  const span = { start, end: start };
  if (char === '"') return readText(scanner);
  if (char === "<") return readHeredoc(scanner);
  if (char === "[" && !isComputed(scanner)) return readList(scanner);
  if (char === "{" && !isComputed(scanner)) {
    const body = readBraces(scanner, true);
    if (body) return { kind: "map", body, span };
  }
  const found = take(scanner, word)?.[0];
  if (found !== undefined) return { kind: "word", text: found, span };
  skipExpression(scanner);
  return { kind: "unknown", span };
}

/** Whether a list or map is computed from another: `[for …]`. */
function isComputed({ text, at }: Scanner): boolean {
  return /^.\s{0,200}for\b/s.test(text.slice(at, at + 210));
}

function readList(scanner: Scanner): Value {
  const start = scanner.at;
  const items: Value[] = [];
  scanner.at++;
  scanner.depth++;
  for (skip(scanner, true); scanner.at < scanner.text.length; skip(scanner, true)) {
    const char = scanner.text[scanner.at];
    if (char === "]") break;
    if (char === ",") scanner.at++;
    else if (scanner.depth > deepestNesting || char === "}") {
      scanner.isBroken = true;
      break;
    } else {
      const from = scanner.at;
      items.push(readValue(scanner));
      if (scanner.at === from) scanner.at++;
    }
  }
  scanner.depth--;
  if (scanner.text[scanner.at] === "]") scanner.at++;
  else scanner.isBroken = true;
  return { kind: "list", items, span: { start, end: scanner.at } };
}

/** The expression for the directory of the file. */
const ownFolder = `$${"{path.module}"}`;

const escapes: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t" };

/** A quoted string; unknown if it contains a template. */
function readText(scanner: Scanner): Value {
  const { text, at: start } = scanner;
  let value = "";
  let isKnown = true;
  scanner.at++;
  while (scanner.at < text.length) {
    const at = scanner.at;
    const char = text[at] ?? "";
    if (char === '"' || char === "\n") break;
    if (char === "\\") {
      const next = text[at + 1] ?? "";
      value += escapes[next] ?? next;
      scanner.at += 2;
    } else if (/^(\$\$|%%)\{/.test(text.slice(at, at + 3))) {
      value += `${char}{`;
      scanner.at += 3;
    } else if (text.startsWith(ownFolder, at)) {
      value += ".";
      scanner.at += ownFolder.length;
    } else if ((char === "$" || char === "%") && text[at + 1] === "{") {
      isKnown = false;
      scanner.at++;
      skipBrackets(scanner);
    } else {
      value += char;
      scanner.at++;
    }
  }
  if (text[scanner.at] === '"') scanner.at++;
  else scanner.isBroken = true;
  const span = { start, end: scanner.at };
  return isKnown ? { kind: "text", text: value, span } : { kind: "unknown", span };
}

function readHeredoc(scanner: Scanner): Value {
  const start = scanner.at;
  const found = take(scanner, heredoc);
  if (!found) {
    skipExpression(scanner);
    return { kind: "unknown", span: { start, end: scanner.at } };
  }
  const { text } = scanner;
  while (scanner.at < text.length) {
    const end = lineEnd(text, scanner.at);
    const isLast = text.slice(scanner.at, end).trim() === found[1];
    scanner.at = isLast ? end : Math.min(end + 1, text.length);
    if (!isLast) continue;
    const span = { start, end };
    scanner.heredocs.push(span);
    return { kind: "unknown", span };
  }
  scanner.isBroken = true;
  return { kind: "unknown", span: { start, end: scanner.at } };
}

/** Skips the rest of an expression: to the end of the line, or to what ends it in a list or map. */
function skipExpression(scanner: Scanner, until?: string): void {
  const { text } = scanner;
  while (scanner.at < text.length) {
    const char = text[scanner.at] ?? "";
    if (/[\n,}\])]/.test(char) || char === until) return;
    if (char === '"') readText(scanner);
    else if (closing[char]) skipBrackets(scanner);
    else if (char === "#" || text.startsWith("//", scanner.at)) return;
    else scanner.at++;
  }
}
