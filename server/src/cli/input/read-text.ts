import { realpathSync, type Stats, statSync } from "node:fs";
import { readRegularFileSync } from "../../read-file";
import { reason } from "./reason";

export const mark = "\uFEFF";

/** The regular file that a path leads to, without links; all names of one file have one id. */
export function locate(path: string): { path: string; id: string } | { why: string } {
  try {
    const real = realpathSync(path);
    const stats = statSync(real, { bigint: true });
    if (!stats.isFile()) return { why: stats.isDirectory() ? "is a folder." : "is not a regular file." };
    return { path: real, id: stats.ino === 0n ? real : `${stats.dev}:${stats.ino}` };
  } catch (error) {
    return { why: reason(error) };
  }
}

/** What a path leads to, undefined when that cannot be told. */
export function statOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}

/** A text without its byte order mark, or why it is none. */
export type Read = { text: string; bom: boolean } | { why: string } | "large";

export function readText(path: string): Read {
  try {
    const bytes = readRegularFileSync(path);
    if (bytes === "large") return bytes;
    if (bytes === "directory") return { why: "is a folder." };
    if (bytes === "special") return { why: "is not a regular file." };
    return decode(bytes);
  } catch (error) {
    return { why: reason(error) };
  }
}

/** The text that bytes are in UTF-8. */
export function decode(bytes: Buffer): Read {
  const text = bytes.toString("utf8");
  if (!Buffer.from(text).equals(bytes)) return { why: "is not UTF-8 text." };
  return text.startsWith(mark) ? { text: text.slice(1), bom: true } : { text, bom: false };
}
