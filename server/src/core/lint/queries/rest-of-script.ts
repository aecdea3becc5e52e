import { lineAt, nextLine, type Span } from "../../base/text";
import { programOf } from "../../image/programs";
import type { ShellCommand } from "../../shell/reader";
import type { FileEdit } from "../rule";
import type { ScriptFile } from "./entry-file";
import { isIdleList } from "./idle-image";
import { serviceStart } from "./systemctl";
import { isEnding } from "./unit-of-program";

/** The part of a start script after the line that starts init. */
export interface RestOfScript {
  /** These lines, without final commands that only keep a container alive. */
  readonly text: string;
  /** The commands in these lines. */
  readonly commands: readonly ShellCommand[];
  /** The lines use nothing that the lines above define. */
  readonly standsAlone: boolean;
  /** The edits that make the script end with `exec` of init, preceded by the given lines. */
  endsInInit(before: string): FileEdit[];
}

/** Splits a script at the line that starts init; undefined if that line has other commands. */
export function restOfScript(
  { uri, text, offset }: ScriptFile,
  { span }: ShellCommand,
  after: readonly ShellCommand[],
): RestOfScript | undefined {
  const line = lineAt(text, span.start);
  const ampersand = text.slice(span.end, line.end).trim();
  if (!/^&?$/.test(ampersand) || span.start !== line.start) return undefined;
  const start = nextLine(text, line.end);
  const kept = withoutIdleEnd(text, start, after);
  const end =
    kept.length === after.length ? text.length : lineAt(text, after[kept.length]?.span.start ?? 0).start;
  const written = text.slice(span.start, span.end);
  const rest = text.slice(start, end);
  const place = ({ start, end }: Span) => ({ start: offset + start, end: offset + end });
  return {
    text: rest,
    commands: kept,
    standsAlone: standsAlone(text.slice(0, line.start), rest),
    endsInInit(before) {
      const moved = before === "" || before.endsWith("\n") ? before : `${before}\n`;
      const exec = /^exec\s/.test(written) ? written : `exec ${written}`;
      const init = { start: line.start, end: line.end };
      const head = ampersand === "" && exec === written ? [] : [{ uri, span: place(init), text: exec }];
      return [
        ...(moved === "" ? [] : [{ uri, span: place({ start: line.start, end: line.start }), text: moved }]),
        ...head,
        ...(start < text.length ? [{ uri, span: place({ start, end: text.length }), text: "" }] : []),
      ];
    },
  };
}

/** The commands without those at the end that only wait or keep a container alive. */
function withoutIdleEnd(
  text: string,
  start: number,
  commands: readonly ShellCommand[],
): readonly ShellCommand[] {
  const last = commands.findLastIndex((command) => {
    const { span, words, conditional } = command;
    const alone = span.start >= start && text.slice(lineAt(text, span.start).start, span.start).trim() === "";
    const idle = programOf(command) === "wait" || isIdleList(words.map((word) => word ?? "?"));
    return !alone || conditional || !idle;
  });
  return commands.slice(0, last + 1);
}

/**
 * Whether part of a script works without the lines above it. It can depend on their variables, functions or
 * directory.
 */
function standsAlone(head: string, rest: string): boolean {
  if (/\$[\d@*#!]|\$\{[\d@*#!]/.test(rest) || /^[ \t]*cd[ \t]/m.test(head)) return false;
  const assigned = head.matchAll(/^[ \t]*(?:export[ \t]+|function[ \t]+)?([A-Za-z_][\w-]*)[ \t]*(?:=|\()/gm);
  return [...assigned].every(([, name = ""]) => !rest.includes(name));
}

const ofBoot = /^(systemctl|service|journalctl|loginctl|hostnamectl|timedatectl|wait)$/;

/** Whether the commands work if the script runs them before it starts init. */
export function worksBeforeBoot(commands: readonly ShellCommand[]): boolean {
  return !commands.some((command) => ofBoot.test(programOf(command)) || serviceStart(command));
}

/** Whether all commands are known to exit, so that the script continues after them. */
export function allEnd(commands: readonly ShellCommand[]): boolean {
  return commands.every(isEnding);
}
