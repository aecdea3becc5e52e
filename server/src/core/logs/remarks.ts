import { lastSegment, type Span } from "../base/text";
import { type Blame, blameOrigin, unitTexts } from "./blame";
import { readLines } from "./lines";
import type { Scene } from "./scene";

/**
 * A message that systemd wrote while reading a unit, about a line of one of its files or about the unit in general.
 */
export interface Remark {
  readonly unit: string;
  /** The absolute path in the image, and the line number, starting at 1. */
  readonly path?: string;
  readonly line?: number;
  readonly says: string;
}

/** systemd up to version 239 writes the place in brackets. */
const atLine = /^\[?(?<path>\/[^\s:]+):(?<number>\d{1,6})(?:: |\] )(?<text>.+)$/;
const ofUnit = /^(?<unit>[^\s/:]+): (?<text>.+)$/;
const isUnit = /\.(?:service|socket|target|timer|mount|automount|swap|path|slice|scope)$/;
const isRemark = /\bignoring\b|\bRefusing\b|has fatal error/;

/** The remarks in a log, without duplicates. */
export function readRemarks(log: string): Remark[] {
  const found = new Map(
    readLines(log)
      .flatMap(readRemark)
      .map((remark) => [JSON.stringify(remark), remark]),
  );
  return [...found.values()];
}

/** The prefix of PID 1's messages in a journal. */
const speaker = "systemd[1]: ";

function readRemark(line: string): Remark[] {
  const at = line.indexOf(speaker);
  const words = at === -1 ? line : line.slice(at + speaker.length);
  const placed = atLine.exec(words)?.groups;
  if (placed) {
    const { path = "", number, text = "" } = placed;
    const unit = unitAt(path);
    return isUnit.test(unit) ? [{ unit, path, line: Number(number), says: text }] : [];
  }
  const { unit = "", text = "" } = ofUnit.exec(words)?.groups ?? {};
  return isUnit.test(unit) && isRemark.test(text) ? [{ unit, says: text }] : [];
}

/** The unit that a file belongs to; the file may be a drop-in. */
export function unitAt(path: string): string {
  const [folder = "", name = ""] = path.split("/").slice(-2);
  return name.endsWith(".conf") ? folder.replace(/\.d$/, "") : name;
}

/** The line in a file of the workspace; if no file has it, the line that installs or enables the unit. */
export function blameRemark(remark: Remark, scene: Scene): Pick<Blame, "uri" | "span"> | undefined {
  return inText(remark, scene) ?? blameOrigin({ unit: remark.unit, journal: [] }, scene);
}

function inText({ unit, path, line }: Remark, { image }: Scene): Pick<Blame, "uri" | "span"> | undefined {
  if (!image || path === undefined || line === undefined) return undefined;
  // Compares only names, because /lib may be a link to /usr/lib. The last file is the one that takes effect.
  const file = unitTexts(unit, image).findLast((text) => lastSegment(text.path) === lastSegment(path));
  const span = file && lineOf(file.text, line);
  if (!span) return undefined;
  const { uri, offset } = file;
  return { uri, span: { start: offset + span.start, end: offset + span.end } };
}

/** The span of a line without surrounding white space; undefined if the line is empty or does not exist. */
export function lineOf(text: string, line: number): Span | undefined {
  const lines = text.split("\n");
  const found = lines[line - 1];
  if (found === undefined || found.trim() === "") return undefined;
  const before = lines.slice(0, line - 1).reduce((sum, { length }) => sum + length + 1, 0);
  const start = before + found.length - found.trimStart().length;
  return { start, end: start + found.trim().length };
}
