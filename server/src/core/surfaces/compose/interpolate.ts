import { type Budget, deepestNesting, longestInterpolated, longestValue, spend } from "../../base/limits";

/** Variables that are set. A variable has no value if its value is unknown. */
export type Environment = Pick<ReadonlyMap<string, string | undefined>, "has" | "get">;

/** The variables with which compose evaluates a project, if known. */
export interface Variables {
  readonly values: Environment;
  /** The number of characters that values may still add to the strings of the project. */
  readonly budget: Budget;
}

/** A string with its variables evaluated. */
export interface Interpolated {
  readonly text: string;
  /** Variables that have no value, as written. */
  readonly unresolved: readonly string[];
  /** The names of the variables whose values are part of the string. */
  readonly used: readonly string[];
}

/**
 * Evaluates the variables of a string as compose does (compose-go, template/template.go): `$$` is a dollar sign, and
 * an unset variable is replaced by its default. A variable without a default stays as written, because the shell's
 * environment is unknown. So does the entire string if it is too long or too deeply nested.
 */
export function interpolate(text: string, variables?: Variables): Interpolated {
  if (!text.includes("$")) return { text, unresolved: [], used: [] };
  const ends = text.length > longestInterpolated ? undefined : closingBraces(text);
  const unresolved: string[] = [];
  const used: string[] = [];
  const found = ends && evaluate({ text, ends, variables, unresolved, used }, 0, text.length);
  const added = Math.max(0, (found?.length ?? 0) - text.length);
  return found !== undefined && (!variables || spend(variables.budget, added))
    ? { text: found, unresolved, used }
    : { text, unresolved: references(text), used: [] };
}

interface Template {
  readonly text: string;
  /** The positions of the braces that close the variables of the string. */
  readonly ends: ReadonlyMap<number, number>;
  readonly variables: Variables | undefined;
  /** Collects the variables that have no value. */
  readonly unresolved: string[];
  /** Collects the names of the variables that have a value. */
  readonly used: string[];
}

/** The value of a part of the string; undefined if it becomes too long. */
function evaluate(template: Template, from: number, to: number): string | undefined {
  const { text, ends, unresolved } = template;
  let result = "";
  for (let at = from; at < to; ) {
    if (text[at] !== "$") {
      const next = text.indexOf("$", at);
      const end = next === -1 || next > to ? to : next;
      result += text.slice(at, end);
      at = end;
      continue;
    }
    if (text[at + 1] === "$" && at + 1 < to) {
      result += "$";
      at += 2;
      continue;
    }
    head.lastIndex = at;
    const [whole, braced, operator = "", named] = head.exec(text) ?? [];
    const end = named === undefined ? ends.get(at + 2) : at + (whole?.length ?? 0) - 1;
    if (whole === undefined || end === undefined || end >= to) {
      result += "$";
      at += 1;
      continue;
    }
    const rest = at + whole.length;
    const isPlain = operator !== "" || named !== undefined || rest === end;
    const value = isPlain ? variableValue(template, braced ?? named ?? "", operator, [rest, end]) : undefined;
    if (value === undefined) unresolved.push(text.slice(at, end + 1));
    result += value ?? text.slice(at, end + 1);
    if (result.length > longestValue && result.length > text.length) return undefined;
    at = end + 1;
  }
  return result;
}

/** A variable up to its operator. Longer names do not match. */
const head = /\$(?:\{([A-Za-z_]\w{0,200})(:?[-+?])?|([A-Za-z_]\w{0,200}))/y;

/** The value of one variable; undefined if it has none. `rest` is the position after its operator. */
function variableValue(
  template: Template,
  name: string,
  operator: string,
  rest: readonly [from: number, to: number],
): string | undefined {
  const values = template.variables?.values;
  const value = values?.get(name);
  const isSet = values?.has(name) === true && (value !== "" || !operator.startsWith(":"));
  if (operator.endsWith("-") && !isSet) return evaluate(template, ...rest);
  if (!operator.endsWith("+")) {
    if (isSet) template.used.push(name);
    return isSet ? value : undefined;
  }
  if (!isSet) return "";
  return value === undefined && operator === ":+" ? undefined : evaluate(template, ...rest);
}

/** The variables without a default in a string that is not evaluated. */
function references(text: string): string[] {
  return Array.from(
    text.replaceAll("$$", "").matchAll(/\$(?:\{[^{}$]*\}|[A-Za-z_]\w*)/g),
    ([whole]) => whole,
  ).filter((whole) => !/^\$\{\w+:?[-+]/.test(whole));
}

/** The reverse of interpolation for a string without variables: a spelling that is read back as that string. */
export function escapeDollars(text: string): string {
  return text.replaceAll("$", "$$$$");
}

/**
 * For each position after a `${`, the position of the brace that closes it; undefined if they are nested too deeply.
 */
function closingBraces(text: string): ReadonlyMap<number, number> | undefined {
  const ends = new Map<number, number>();
  const open: number[] = [];
  for (let at = 0; at < text.length; at++) {
    if (text[at] === "$" && text[at + 1] === "{") open.push(at + 2);
    else if (text[at] === "}") {
      const start = open.pop();
      if (start !== undefined) ends.set(start, at);
    }
    if (open.length > deepestNesting) return undefined;
  }
  return ends;
}
