import type { Span } from "../base/text";
import { isInitPath } from "../image/init";
import { readCommands } from "../shell/commands";
import { plainText } from "../shell/mapped-text";
import type { ShellCommand } from "../shell/reader";

/**
 * The words of a single plain command; otherwise the words of a shell command that runs the line. Empty if the line
 * has no command.
 */
export function lineWords(line: string): readonly string[] {
  const commands = readCommands(plainText(line));
  const [command] = commands;
  if (!command) return [];
  return (commands.length === 1 && plainWords(command, line)) || ["/bin/sh", "-c", line];
}

/** The words of a command that does not need a shell. */
function plainWords({ words, environment, redirections }: ShellCommand, line: string): string[] | undefined {
  const known = words.filter((word) => word !== undefined);
  const isPlain =
    known.length === words.length &&
    environment.size === 0 &&
    redirections.length === 0 &&
    !/[$`*?|<>~]/.test(line);
  return isPlain ? known : undefined;
}

/** A line of a start script that can run on its own. */
export interface ScriptLine {
  /** The command that a shell would run, on one line, without the `&` that puts it in the background. */
  readonly text: string;
  readonly commands: readonly ShellCommand[];
  /** The span that is removed from the script. */
  readonly span: Span;
  /** State from earlier lines that this line depends on: `cd`, or names of variables. */
  readonly uses: readonly string[];
}

/** Commands that change the script's shell or end it. */
const ofShell =
  /^(\.|:|alias|break|cd|continue|declare|eval|exit|export|getopts|local|pushd|read|readonly|return|set|shift|shopt|source|trap|umask|unalias|unset|wait)$/;

/** The line at an offset of a script file, with its continuation lines. */
export function lineAt(text: string, all: readonly ShellCommand[], offset: number): ScriptLine | undefined {
  let start = text.lastIndexOf("\n", offset - 1) + 1;
  while (/\\\r?\n$/.test(text.slice(0, start))) start = text.lastIndexOf("\n", start - 2) + 1;
  let end = endOfLine(text, offset);
  while (/\\\r?\n$/.test(text.slice(start, end)) && end < text.length) end = endOfLine(text, end);
  const commands = all.filter(({ span }) => span.start < end && span.end > start);
  const isWhole = commands.every(({ span }) => start <= span.start && span.end <= end);
  return isWhole ? scriptLine(text, commands, { start, end }) : undefined;
}

/**
 * The command at an offset of a shell-form CMD, with the rest of its pipeline. Undefined for the last one, which is
 * the script's main program.
 */
export function commandAt(
  text: string,
  all: readonly ShellCommand[],
  offset: number,
): ScriptLine | undefined {
  const at = all.findLastIndex(({ span }) => span.start <= offset);
  const between = (index: number) => text.slice(all[index - 1]?.span.end ?? 0, all[index]?.span.start ?? 0);
  const isPiped = (index: number) => /^[^|&;\n]*\|(?!\|)/.test(between(index));
  let first = Math.max(at, 0);
  while (first > 0 && isPiped(first)) first--;
  let next = first + 1;
  while (next < all.length && isPiped(next)) next++;
  const [start, end] = [all[first]?.span.start, all[next]?.span.start];
  if (start === undefined || end === undefined || /\|\|/.test(between(next))) return undefined;
  return scriptLine(text, all.slice(first, next), { start, end });
}

function endOfLine(text: string, offset: number): number {
  const end = text.indexOf("\n", offset);
  return end === -1 ? text.length : end + 1;
}

function scriptLine(text: string, commands: readonly ShellCommand[], span: Span): ScriptLine | undefined {
  const isMovable = ({ conditional, words, redirections }: ShellCommand) =>
    !conditional &&
    !isInitPath(words[0]) &&
    !ofShell.test(words[0] ?? "") &&
    !redirections.some(({ operator }) => operator.startsWith("<<"));
  if (commands.length === 0 || !commands.every(isMovable)) return undefined;
  const line = text
    .slice(span.start, span.end)
    .replace(/\\\r?\n/g, " ")
    .trim()
    .replace(/(?:&&|;|&)$/, "")
    .trim()
    .replace(/^exec\s+/, "");
  return { text: line, commands, span, uses: usedOf(text.slice(0, span.start), line) };
}

/** The state from earlier lines that a line depends on. */
function usedOf(before: string, line: string): string[] {
  const set = Array.from(before.matchAll(/^[ \t]*(?:export[ \t]+)?(\w+)=/gm), ([, name = ""]) => name);
  const used = new Set(Array.from(line.matchAll(/\$\{?(\w+)/g), ([, name = ""]) => name));
  return [
    ...(/^[ \t]*cd[ \t]/m.test(before) ? ["cd"] : []),
    ...new Set(set.filter((name) => used.has(name))),
  ];
}
