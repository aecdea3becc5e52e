import { format, type Message } from "../base/message";
import type { Finding, Rule } from "../lint/rule";

/** A caret line of an example: the columns that it marks in the line above, and the message for them. */
interface Caret {
  readonly start: number;
  readonly end: number;
  readonly message: string;
  readonly argument: string;
  /** The part of the line before the message. */
  readonly carets: string;
}

/**
 * Reads `#   ^^^ name: argument`, which marks the columns of the carets, or `#<<< name: argument`, which marks the
 * columns of the `#` and of each `<` after it. Undefined for any other line.
 */
export function readCaret(line: string): Caret | undefined {
  const match = /^(\s*#\s*)(\^+) (.*)$/.exec(line) ?? /^(\s*)(#<+) (.*)$/.exec(line);
  if (!match) return undefined;
  const [, before = "", mark = "", said = ""] = match;
  const [message = "", ...argument] = said.split(": ");
  const start = before.length;
  return { start, end: start + mark.length, message, argument: argument.join(": "), carets: before + mark };
}

/**
 * The example as its page shows it, with the text of each message after the carets instead of its name. `found` is
 * sorted by position.
 */
export function withMessages(source: string, found: readonly Finding[]): string {
  const messages = found.map(({ message }) => format(message)).values();
  const lines = source.split("\n").map((line) => {
    const caret = readCaret(line);
    return caret ? `${caret.carets} ${messages.next().value}` : line;
  });
  return lines.join("\n");
}

/** The short name of a message within its rule, or the full key if the message belongs to another rule. */
export function nameOf({ id }: Pick<Rule, "id">, { key }: Message): string {
  return key.startsWith(`${id}.`) ? key.slice(id.length + 1) : key;
}
