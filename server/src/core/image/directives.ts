import { lineEnd, type Span } from "../base/text";
import { skipSpace, trimEnd } from "./space";

export interface Directives {
  readonly escapeChar: "\\" | "`";
  /** A directive that BuildKit rejects, and why. */
  readonly error?: { readonly span: Span; readonly reason: string };
}

const names = new Set(["syntax", "escape", "check"]);

/**
 * Reads the parser directives (`# escape=…`), starting at `from`. They end at the first line that is not one: an
 * instruction, an empty line, a comment, or a directive that BuildKit does not support.
 */
export function readDirectives(text: string, from: number): Directives {
  const seen = new Set<string>();
  let escapeChar: Directives["escapeChar"] = "\\";
  for (let at = from; at < text.length; at = lineEnd(text, at) + 1) {
    const end = lineEnd(text, at);
    const start = skipSpace(text, at, end);
    if (text[start] !== "#") break;
    const comment = text.slice(skipSpace(text, start + 1, end), trimEnd(text, start, end));
    const [before = "", written = ""] = /^([a-zA-Z][a-zA-Z0-9]*)[\t\f\r ]*=/.exec(comment) ?? [];
    const name = written.toLowerCase();
    const value = comment.slice(skipSpace(comment, before.length));
    if (!names.has(name) || value === "") break;
    const error = (reason: string): Directives => ({ escapeChar, error: { span: { start, end }, reason } });
    if (seen.has(name)) return error(`only one ${name} parser directive can be used`);
    seen.add(name);
    if (name !== "escape") continue;
    if (value !== "\\" && value !== "`")
      return error(`invalid escape token '${value}' does not match \` or \\`);
    escapeChar = value;
  }
  return { escapeChar };
}
