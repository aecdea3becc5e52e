/** How many characters of a log are read: the beginning, with the first errors of PID 1, and the end. */
const headSize = 128 * 1024;
const tailSize = 384 * 1024;

/** The number of characters of a line that are read. No known line is longer; the rest is ignored. */
const lineSize = 2000;

/**
 * The lines of a log as a reader sees them, without terminal sequences. Any line ending is accepted, including `\\n`
 * in JSON (Ansible, the engine's files). Only the beginning and the end of a long log are read, to limit the time.
 * Empty lines are left out.
 */
export function readLines(log: string): string[] {
  if (log.length <= headSize + tailSize) return split(log);
  const head = log.slice(0, headSize);
  const tail = log.slice(-tailSize);
  // Lines that are cut off are left out.
  return [...split(head).slice(0, -1), ...split(tail).slice(1)];
}

function split(text: string): string[] {
  return text
    .split(/\r\n|\n|\r/)
    .flatMap(linesWithin)
    .map((line) => withoutSequences(line.slice(0, lineSize)).trim())
    .filter((line) => line !== "");
}

/** The lines inside a line of JSON or quoted text: `"msg": "one\\ntwo"`, `"stdout_lines": ["one", "two"]`. */
function linesWithin(line: string): string[] {
  if (!line.includes('"')) return [line];
  const items = /_lines": ?\[/.test(line) ? line.replaceAll(/", ?"/g, '"\n"') : line;
  if (!items.includes("\\")) return items.split("\n");
  return items
    .replaceAll("\\r\\n", "\n")
    .replaceAll("\\n", "\n")
    .replaceAll("\\r", "\n")
    .replaceAll("\\t", " ")
    .replaceAll("\\u001b", "\u001b")
    .replaceAll('\\"', '"')
    .split("\n");
}

/** ECMA-48 sequences: OSC up to its terminator, CSI, and other escape sequences. */
const sequences =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: terminal sequences begin with one.
  /\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|\u001b\[[0-?]*[ -/]*[@-~]?|\u001b[ -~]?/g;

/** Colors whose escape character was written as text (`^[`, `#033`) or lost in a report: `[0;1;31m`, `[0m`. */
const written = /(?:\^\[|#033|\\x1b|\\033|\\e)\[[\d;:]{0,20}m|\[(?:0|[01](?:[;:]\d{1,3}){1,5})m/g;

/**
 * Removes terminal sequences and control characters. systemd 262 writes an OSC sequence before the first
 * line.
 */
function withoutSequences(line: string): string {
  return line
    .replace(sequences, "")
    .replace(written, "")
    .replaceAll("\t", " ")
    .replace(/\p{Cc}/gu, "");
}

const ending = /Exiting PID 1\.\.\.|Freezing execution/;
const endingBefore = /\[!{6}\]|Failed to allocate manager object|Failed to mount API filesystems/;

/** The lines in the order in which they were written. Some log viewers show the newest line first. */
export function inOrder(lines: readonly string[]): readonly string[] {
  // PID 1 logs an error and then ends. If the end comes first, the order is reversed.
  const at = lines.findIndex((line) => ending.test(line));
  const isReversed = at !== -1 && endingBefore.test(lines[at + 1] ?? "");
  return isReversed ? lines.toReversed() : lines;
}

/** Whether a line is from the host's kernel: `[   12.345678] …`. Such a line is not about a container. */
export function isKernelLine(line: string): boolean {
  return /^(?:<\d+>)?\[ *\d+\.\d{6}\]/.test(line);
}

/**
 * Whether a log is the journal of a host. If it contains kernel messages, systemd's lines in it are not about a
 * container.
 */
export function isMachine(lines: readonly string[]): boolean {
  return lines.some((line) => /\bkernel: (?:Linux version |Command line: |Booting Linux on )/.test(line));
}
