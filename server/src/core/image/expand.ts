import { deepestNesting, longestValue } from "../base/limits";
import { applyOperator } from "../shell/parameter";
import { skipName } from "./words";

/**
 * Returns a variable's value; undefined if it is unknown (not declared here, or a build argument without default).
 */
export type Lookup = (name: string) => string | undefined;

/** `value` is undefined if it depends on an unknown variable; `next` is the offset where reading stopped. */
interface Expanded {
  readonly value: string | undefined;
  readonly next: number;
}

interface Reading {
  readonly word: string;
  readonly lookup: Lookup;
  readonly escapeChar: string;
  /** How many substitutions are open. */
  readonly depth: number;
}

/**
 * A word of a Dockerfile as the builder reads it: quotes and escapes are removed, and variables are expanded.
 * Undefined if the word depends on an unknown variable, or if the builder rejects it.
 */
export function expand(word: string, lookup: Lookup, escapeChar: string): string | undefined {
  if (!/["'$]/.test(word) && !word.includes(escapeChar)) return word;
  return expandUntil(undefined, 0, { word, lookup, escapeChar, depth: 0 })?.value;
}

/**
 * Reads up to `stop` (the closing brace of a default) or to the end. With `raw`, escape characters are kept, as in
 * patterns. Undefined if a quote or substitution is not closed.
 */
function expandUntil(
  stop: string | undefined,
  start: number,
  reading: Reading,
  raw = false,
): Expanded | undefined {
  const { word, escapeChar } = reading;
  let value: string | undefined = "";
  let quote = "";
  let at = start;
  const add = (text: string | undefined) => {
    const known = value !== undefined && text !== undefined && value.length + text.length <= longestValue;
    value = known ? `${value}${text}` : undefined;
  };
  while (at < word.length) {
    const char = word[at] ?? "";
    if (quote === "'") {
      if (char === "'") quote = "";
      else add(char);
      at++;
    } else if (char === stop && quote === "") {
      return { value, next: at + 1 };
    } else if (char === '"' || (char === "'" && quote === "")) {
      quote = quote === char ? "" : char;
      at++;
    } else if (char === escapeChar) {
      const next = word[at + 1] ?? "";
      const kept = raw || (quote === '"' && next !== '"' && next !== "$" && next !== escapeChar);
      add(kept ? char + next : next);
      at += 2;
    } else if (char === "$") {
      const variable = expandVariable(at, reading);
      if (!variable) return undefined;
      add(variable.value);
      at = variable.next;
    } else {
      add(char);
      at++;
    }
  }
  return stop === undefined && quote === "" ? { value, next: at } : undefined;
}

/** Expands the `$name` or `${…}` that begins at `at`. A `$` that does not begin a variable is kept. */
function expandVariable(at: number, reading: Reading): Expanded | undefined {
  const { word, lookup, depth } = reading;
  const braced = word[at + 1] === "{";
  const start = at + (braced ? 2 : 1);
  const end = skipName(word, start);
  const name = word.slice(start, end);
  // Special parameters, which only a running shell has, are empty in a build.
  const plain = () => lookup(name) ?? (/^[^\p{L}_]/u.test(name) ? "" : undefined);
  if (!braced) return { value: name === "" ? "$" : plain(), next: end };
  if (word[end] === "}") return name === "" ? undefined : { value: plain(), next: end + 1 };
  const operator = operatorAt(word, end);
  if (operator === "" || (name === "" && operator.startsWith(":")) || depth > deepestNesting)
    return undefined;
  const raw = /[#%/]/.test(operator);
  const inner = { ...reading, depth: depth + 1 };
  const operand = expandUntil(operator.startsWith("/") ? "/" : "}", end + operator.length, inner, raw);
  if (!operand) return undefined;
  if (!operator.startsWith("/")) {
    return { value: applyOperator(lookup(name), operator, () => operand.value), next: operand.next };
  }
  const replacement = expandUntil("}", operand.next, inner, raw);
  return replacement && { value: undefined, next: replacement.next };
}

/** The operator of a substitution; empty if there is none that the builder supports. */
function operatorAt(word: string, at: number): string {
  const operator = /:[-+?]|##?|%%?|\/\/?|[-+?]|/y;
  operator.lastIndex = at;
  return operator.exec(word)?.[0] ?? "";
}
