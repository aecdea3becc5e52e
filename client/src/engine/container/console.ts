import type { Readable } from "node:stream";
import { StringDecoder } from "node:string_decoder";
import type Docker from "dockerode";
import type { ConsoleLog } from "../../ports/container";
import { request, segment } from "../docker";
import { frames } from "../frames";

/**
 * How many characters are kept from the beginning and from the end of a console. The root cause is usually at the
 * beginning.
 */
const half = 256 * 1024;

/** The output of a container's console. If it is too long, the middle is left out. */
export interface Console {
  read(): ConsoleLog;
  /** The last few lines. */
  recent(): string;
  /** The last line that is not empty. */
  lastLine(): string;
  add(text: string): void;
}

export function newConsole(): Console {
  let head = "";
  let tail = "";
  let dropped = 0;
  const recent = () => clean((tail || head).slice(-2000)).trimEnd();
  return {
    add(text) {
      const room = half - head.length;
      head += text.slice(0, room);
      tail += text.slice(room);
      if (tail.length <= 2 * half) return;
      dropped += tail.length - half;
      tail = tail.slice(-half);
    },
    read: () => {
      if (dropped === 0) return { log: clean(head + tail) };
      const before = clean(`${head}\n`);
      return { log: before + clean(tail), omitted: { at: before.length, characters: dropped } };
    },
    recent,
    lastLine: () => recent().split("\n").at(-1)?.trim() ?? "",
  };
}

/**
 * Console text without colors, cursor movements and carriage returns, as a person would read it. Node's
 * `stripVTControlCharacters` is not sufficient: it leaves the soft reset `ESC [ ! p` of newer systemd versions
 * (`terminal_reset_ansi_seq` in src/basic/terminal-util.c), most of a title that contains a space, and truncated
 * sequences.
 */
export function clean(text: string): string {
  return (
    text
      // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences start with a control character
      .replace(/\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[ -/]*[0-~])?/g, "")
      .split("\n")
      .map((line, at, { length }) => lastWritten(line, at < length - 1))
      .join("\n")
  );
}

/** The visible part of a line with carriage returns. Those at the end of the line belong to the line break. */
function lastWritten(line: string, isWhole: boolean): string {
  let end = line.length;
  while (isWhole && line[end - 1] === "\r") end--;
  return line.slice(line.lastIndexOf("\r", end - 1) + 1, end);
}

interface Follow {
  /** Whether the container has a terminal, in which case its output is a single stream without frames. */
  readonly terminal: boolean;
  readonly follow: boolean;
  /** How many of the last lines to read; all by default. */
  readonly tail?: number;
  /** Read only what was written after this time, which is in the format of the engine's inspect call. */
  readonly since?: string;
  readonly signal?: AbortSignal;
}

/** Reads what a container has written so far. With `follow`, also reads what it writes until it stops. */
export async function readConsole(
  docker: Docker,
  id: string,
  into: Pick<Console, "add">,
  options: Follow,
): Promise<void> {
  const { terminal, follow, tail, since, signal } = options;
  const stream = await request<Readable>(docker, {
    method: "GET",
    path: `/containers/${segment(id)}/logs`,
    query: {
      ...{ stdout: true, stderr: true, follow, tail: tail ?? "all" },
      ...(since !== undefined && { since: unixTime(since) }),
    },
    signal,
    as: "stream",
  });
  const decoder = new StringDecoder();
  for await (const { data } of frames(stream, terminal)) into.add(decoder.write(Buffer.from(data)));
}

/** Converts an RFC 3339 time to seconds since 1970 with a fraction, which every engine accepts. */
function unixTime(time: string): string {
  const fraction = /\.\d+/.exec(time)?.[0] ?? "";
  return `${Math.floor(Date.parse(time) / 1000)}${fraction}`;
}
