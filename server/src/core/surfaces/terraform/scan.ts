import { lineEnd, type Span } from "../../base/text";

/** Text that is read from its beginning. */
export interface Scanner {
  readonly text: string;
  at: number;
  depth: number;
  isBroken: boolean;
  readonly heredocs: Span[];
}

const space = /[ \t]*/y;

/** The match of a pattern at the current position, if there is one. The position then moves past the match. */
export function take(scanner: Scanner, pattern: RegExp): RegExpExecArray | undefined {
  pattern.lastIndex = scanner.at;
  const found = pattern.exec(scanner.text);
  if (!found) return undefined;
  scanner.at += found[0].length;
  return found;
}

/** Skips spaces and comments, and line ends where they have no meaning. */
export function skip(scanner: Scanner, overLines: boolean): void {
  for (;;) {
    take(scanner, space);
    const { text, at } = scanner;
    const char = text[at];
    if (overLines && (char === "\n" || char === "\r")) scanner.at++;
    else if (char === "#" || text.startsWith("//", at)) scanner.at = lineEnd(text, at);
    else if (text.startsWith("/*", at)) {
      const end = text.indexOf("*/", at + 2);
      scanner.isBroken ||= end === -1;
      scanner.at = end === -1 ? text.length : end + 2;
    } else return;
  }
}

/** The closing bracket for each opening one. */
export const closing: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };

/** Skips from an opening bracket past the matching closing one, including all strings in between. */
export function skipBrackets(scanner: Scanner): void {
  const { text } = scanner;
  const open: string[] = [];
  do {
    const char = text[scanner.at] ?? "";
    if (char === '"') {
      skipQuotes(scanner);
      continue;
    }
    if (closing[char]) open.push(closing[char]);
    else if (char === open.at(-1)) open.pop();
    scanner.at++;
  } while (open.length > 0 && scanner.at < text.length);
  scanner.isBroken ||= open.length > 0;
}

/** Skips a quoted string, without reading the templates within it. */
function skipQuotes(scanner: Scanner): void {
  const { text } = scanner;
  for (scanner.at++; scanner.at < text.length && text[scanner.at] !== '"'; scanner.at++)
    if (text[scanner.at] === "\\") scanner.at++;
  scanner.at++;
}
