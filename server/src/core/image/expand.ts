import { applyOperator } from "../shell/parameter";

/** Gives a variable's value; undefined when it is not known (never declared here, or a build argument without default). */
export type Lookup = (name: string) => string | undefined;

/** Linux hands no longer string to a program (MAX_ARG_STRLEN). Variables that double one another get there soon. */
const longest = 131_072;

/** `value` is undefined when it hangs on a variable that is not known; `next` is where reading stopped. */
interface Expanded {
  readonly value: string | undefined;
  readonly next: number;
}

/**
 * A word of a Dockerfile as the builder reads it: quotes and escapes removed, variables put in. Undefined
 * when the word hangs on a variable that is not known.
 */
export function expand(word: string, lookup: Lookup, escapeChar: string): string | undefined {
  if (!/["'$]/.test(word) && !word.includes(escapeChar)) return word;
  return expandUntil(word, 0, undefined, lookup, escapeChar, 0).value;
}

/** Reads up to `stop` (the closing brace of a default) or the end. Nesting is bounded: deeper is unknown. */
function expandUntil(
  word: string,
  start: number,
  stop: string | undefined,
  lookup: Lookup,
  escapeChar: string,
  depth: number,
): Expanded {
  let value: string | undefined = "";
  let quote = "";
  let at = start;
  const add = (text: string | undefined) => {
    const known = value !== undefined && text !== undefined && value.length + text.length <= longest;
    value = known ? `${value}${text}` : undefined;
  };
  while (at < word.length) {
    const char = word[at] ?? "";
    if (quote === "'") {
      if (char === "'") quote = "";
      else add(char);
      at++;
    } else if (char === stop && quote === "") {
      return { value, next: at };
    } else if (char === '"' || (char === "'" && quote === "")) {
      quote = quote === char ? "" : char;
      at++;
    } else if (char === escapeChar && at + 1 < word.length) {
      const next = word[at + 1] ?? "";
      const kept = quote === '"' && next !== '"' && next !== "$" && next !== escapeChar;
      add(kept ? char + next : next);
      at += 2;
    } else if (char === "$") {
      const variable = expandVariable(word, at, lookup, escapeChar, depth);
      add(variable.value);
      at = variable.next;
    } else {
      add(char);
      at++;
    }
  }
  return { value, next: at };
}

/** Expands `$name` or `${…}` at `at`. A `$` that begins no variable stands for itself. */
function expandVariable(
  word: string,
  at: number,
  lookup: Lookup,
  escapeChar: string,
  depth: number,
): Expanded {
  const plain = /[A-Za-z0-9_]/y;
  if (word[at + 1] !== "{") {
    let end = at + 1;
    for (; end < word.length; end++) {
      plain.lastIndex = end;
      if (!plain.test(word)) break;
    }
    if (end === at + 1) return { value: "$", next: end };
    return { value: lookup(word.slice(at + 1, end)), next: end };
  }
  const head = /\{([A-Za-z0-9_]*)(:[-+?=]|##|%%|\/\/|[-+?#%/=])?/y;
  head.lastIndex = at + 1;
  const match = head.exec(word);
  const end = head.lastIndex;
  if (!match || depth > 20) return { value: undefined, next: word.length };
  const [, name = "", operator] = match;
  if (operator === undefined) {
    const close = word.indexOf("}", end);
    if (close === -1) return { value: undefined, next: word.length };
    return { value: close === end ? lookup(name) : undefined, next: close + 1 };
  }
  const operand = expandUntil(word, end, "}", lookup, escapeChar, depth + 1);
  return { value: applyOperator(lookup(name), operator, () => operand.value), next: operand.next + 1 };
}
