import { closeSync, openSync } from "node:fs";
import { resolve } from "node:path";
import type { Terminal } from "../terminal";
import { texts } from "../texts";
import { readChunk } from "./read-chunk";
import { reason } from "./reason";

/** How many bytes at the beginning and at the end of a log are kept. The explainer reads less than that. */
const headSize = 1024 * 1024;
const tailSize = 4 * 1024 * 1024;

/** Reads a log of any length from a file or, for `-`, from standard input; or returns why it cannot be read. */
export function readLog(name: string, { cwd, stdin = 0 }: Terminal): { text: string } | { why: string } {
  let opened: number | undefined;
  try {
    opened = name === "-" ? undefined : openSync(resolve(cwd, name), "r");
    const bytes = readEnds(opened ?? stdin);
    const text = decode(bytes);
    return isText(text) ? { text } : { why: texts.notText };
  } catch (error) {
    return { why: reason(error) };
  } finally {
    if (opened !== undefined) closeSync(opened);
  }
}

/**
 * Reads the beginning and the end of the data from a descriptor, with a line break where something is left out. Uses
 * one fixed buffer, so a long log takes no more memory than a short one.
 */
function readEnds(descriptor: number): Buffer {
  const buffer = Buffer.allocUnsafe(headSize + 2 * tailSize);
  let length = 0;
  let dropped = false;
  for (;;) {
    const count = readChunk(descriptor, buffer, length);
    if (count === 0) break;
    length += count;
    if (length < buffer.length) continue;
    buffer.copyWithin(headSize, buffer.length - tailSize);
    length = headSize + tailSize;
    dropped = true;
  }
  if (!dropped) return buffer.subarray(0, length);
  return Buffer.concat([buffer.subarray(0, headSize), Buffer.from("\n"), buffer.subarray(headSize, length)]);
}

/** Decodes UTF-8, or UTF-16 with a byte order mark, which PowerShell writes with `>`. */
function decode(bytes: Buffer): string {
  const little = bytes[0] === 0xff && bytes[1] === 0xfe;
  const big = bytes[0] === 0xfe && bytes[1] === 0xff;
  if (little || big) return new TextDecoder(little ? "utf-16le" : "utf-16be").decode(bytes);
  return new TextDecoder().decode(bytes);
}

/** Whether a log is text. A few stray bytes are fine: an engine's raw stream has some between the lines. */
function isText(text: string): boolean {
  const sample = text.slice(0, 64 * 1024).replace(/\s/g, "");
  const strange = sample.match(/\p{Cc}|\ufffd/gu)?.length ?? 0;
  return strange <= sample.length / 4;
}
