import { deepestNesting, longestInterpolated } from "../../base/limits";

/**
 * The value of a text with variables: `$$` is a dollar, a variable with a default is its default, as
 * nobody's environment is known here. A variable without one stays as written, and so does all of a text
 * that is too long or too deep.
 */
export function interpolate(text: string): string {
  if (!text.includes("$") || text.length > longestInterpolated) return text;
  const ends = closingBraces(text);
  return ends ? evaluate(text, 0, text.length, ends) : text;
}

/** The value of a part of the text; `ends` are the places of the braces that close its variables. */
function evaluate(text: string, from: number, to: number, ends: ReadonlyMap<number, number>): string {
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
    const variable = head.exec(text);
    const end = variable ? ends.get(at + 2) : undefined;
    if (!variable || end === undefined || end >= to) {
      result += "$";
      at += 1;
      continue;
    }
    const operator = variable[1]?.at(-1);
    if (operator === "-") result += evaluate(text, at + variable[0].length, end, ends);
    else if (operator !== "+") result += text.slice(at, end + 1);
    at = end + 1;
  }
  return result;
}

/** A variable up to its operator; no name is longer. */
const head = /\$\{[A-Za-z_]\w{0,200}(:?[-+?])?/y;

/** The reverse for a text without variables: what reads back as the text. */
export function escapeDollars(text: string): string {
  return text.replaceAll("$", "$$$$");
}

/** For each place behind a `${` that of the brace that closes it; undefined where they are nested too deep. */
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
