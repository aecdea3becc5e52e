import { isUtf8 } from "node:buffer";
import { readRegularFileSync } from "../../read-file";
import { texts } from "../texts";
import { reason } from "./reason";

export const mark = "\uFEFF";

/** The content of a file without its byte order mark, or the reason why it cannot be read as text. */
export type Read = { text: string; bom: boolean } | { why: string } | "large";

export function readText(path: string): Read {
  try {
    const bytes = readRegularFileSync(path);
    if (bytes === undefined) return { why: texts.absent };
    if (bytes === "large") return bytes;
    if (bytes === "directory") return { why: texts.directory };
    if (bytes === "special") return { why: texts.special };
    return decode(bytes);
  } catch (error) {
    return { why: reason(error) };
  }
}

/** Decodes bytes as UTF-8. */
export function decode(bytes: Buffer): Read {
  if (!isUtf8(bytes)) return { why: texts.notUtf8 };
  const text = bytes.toString("utf8");
  return text.startsWith(mark) ? { text: text.slice(1), bom: true } : { text, bom: false };
}
