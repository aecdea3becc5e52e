/**
 * The value of a text with variables: `$$` is a dollar, a variable with a default is its default, as
 * nobody's environment is known here. A variable without one stays as written.
 */
export function interpolate(text: string): string {
  if (!text.includes("$") || text.length > longest) return text;
  let result = "";
  for (let at = 0; at < text.length; ) {
    if (text[at] !== "$") {
      const next = text.indexOf("$", at);
      const end = next === -1 ? text.length : next;
      result += text.slice(at, end);
      at = end;
      continue;
    }
    if (text[at + 1] === "$") {
      result += "$";
      at += 2;
      continue;
    }
    const variable = /^\$\{[A-Za-z_]\w*(:?[-+?])?/.exec(text.slice(at, at + 300));
    const end = variable ? closingBrace(text, at + 2) : -1;
    if (!variable || end === -1) {
      result += "$";
      at += 1;
      continue;
    }
    const inner = text.slice(at + variable[0].length, end);
    const operator = variable[1]?.at(-1);
    if (operator === "-") result += interpolate(inner);
    else if (operator !== "+") result += text.slice(at, end + 1);
    at = end + 1;
  }
  return result;
}

/** No value of ours is longer; the search for closing braces is quadratic in the worst case. */
const longest = 10_000;

/** The reverse for a text without variables: what reads back as the text. */
export function escapeDollars(text: string): string {
  return text.replaceAll("$", "$$$$");
}

/** The brace that closes the one before `from`, over the braces of nested variables. */
function closingBrace(text: string, from: number): number {
  let depth = 1;
  for (let at = from; at < text.length; at++) {
    if (text[at] === "$" && text[at + 1] === "{") depth++;
    else if (text[at] === "}" && --depth === 0) return at;
  }
  return -1;
}
