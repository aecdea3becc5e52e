import { type Budget, longestValue } from "../../base/limits";
import { lineEnd, lineNumber } from "../../base/text";
import { type Environment, interpolate } from "./interpolate";

/**
 * Reads a `.env` file as compose does (compose-go, dotenv/parser.go): comments, `export`, `NAME: value`, quoted
 * values that span lines, and variables in values that are not in single quotes. In values, variables of `before`
 * take precedence. If compose rejects the file, the result is the number of the line.
 */
export function readEnvironment(
  text: string,
  before: Environment,
  budget: Budget,
): ReadonlyMap<string, string | undefined> | number {
  const found = new Map<string, string | undefined>();
  const values: Environment = {
    has: (name) => before.has(name) || found.has(name),
    get: (name) => (before.has(name) ? before : found).get(name),
  };
  const source = text.replace(/^\uFEFF/, "");
  for (let at = statementFrom(source, 0); at < source.length; ) {
    const key = keyAt(source, at);
    if (!key) return lineNumber(source, at);
    const value = key.sets ? valueAt(source, key.end) : { text: "", kind: "none" as const, end: key.end };
    if (!value) return lineNumber(source, key.end);
    if (value.kind !== "none") {
      found.set(key.name, value.kind === "literal" ? value.text : expanded(value.text, values, budget));
    }
    at = statementFrom(source, value.end);
  }
  return found;
}

/** The next position that is neither white space nor in a comment. */
function statementFrom(source: string, from: number): number {
  let at = from;
  for (;;) {
    while (at < source.length && /\s/.test(source[at] as string)) at++;
    if (source[at] !== "#") return at;
    at = lineEnd(source, at);
  }
}

/**
 * A name up to its `=` or `:`. The value of a name that is alone on its line comes from the shell. Undefined if the
 * name is invalid.
 */
function keyAt(source: string, from: number): { name: string; sets: boolean; end: number } | undefined {
  const line = source.slice(from, lineEnd(source, from));
  const [exported = ""] = /^export\s+/.exec(line) ?? [];
  const [written = ""] = /^[^=:]*/.exec(line.slice(exported.length)) ?? [];
  const name = written.trimEnd();
  if (!/^[\p{L}\p{N}_.[\]-]*$/u.test(name)) return undefined;
  const end = from + exported.length + written.length;
  return { name, sets: end < from + line.length, end: Math.min(end + 1, source.length) };
}

interface Written {
  readonly text: string;
  /** In a template, variables are evaluated. */
  readonly kind: "template" | "literal" | "none";
  readonly end: number;
}

/** The value that follows a name; undefined if a quote is not closed. */
function valueAt(source: string, from: number): Written | undefined {
  let start = from;
  while (start < source.length && /[^\S\n]/.test(source[start] as string)) start++;
  const quote = source[start];
  if (quote !== '"' && quote !== "'") {
    const end = lineEnd(source, start);
    const [text = ""] = source.slice(start, end).split(" #", 1);
    return { text: text.trimEnd(), kind: "template", end };
  }
  let text = "";
  for (let at = start + 1; at < source.length; at++) {
    const char = source[at] as string;
    if (char === quote)
      return quote === "'"
        ? { text, kind: "literal", end: at + 1 }
        : { text: unescaped(text), kind: "template", end: at + 1 };
    if (char !== "\\") text += char;
    else if (source[at + 1] === quote) text += source[++at];
    else text += char + (source[++at] ?? "");
  }
  return undefined;
}

/** A double-quoted string with its escapes resolved; `\$` is a dollar sign that does not begin a variable. */
function unescaped(text: string): string {
  return text.replace(
    /\\(?:([abcfnrtv$"\\])|0([0-3][0-7]{2}))/g,
    (whole, letter?: string, octal?: string) => {
      if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
      return escapes[letter ?? ""] ?? whole;
    },
  );
}

const escapes: Readonly<Record<string, string>> = {
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
  $: "$$",
  '"': '"',
  "\\": "\\",
};

function expanded(text: string, values: Environment, budget: Budget): string | undefined {
  const result = interpolate(text, { values, budget });
  return result.unresolved.length > 0 || result.text.length > longestValue ? undefined : result.text;
}
