import { closeSync, openSync, readSync } from "node:fs";
import { resolve } from "node:path";
import { reason } from "./files";
import type { Terminal } from "./run";

/** Bytes that are kept of a log: its beginning, and its end. The explainer looks at less than that. */
const headSize = 1024 * 1024;
const tailSize = 4 * 1024 * 1024;

/** Reads a log of any length, of a file or (`-`) of standard input; or says why that cannot be done. */
export function readLog(name: string, { cwd, stdin = 0 }: Terminal): { text: string } | { why: string } {
  let opened: number | undefined;
  try {
    opened = name === "-" ? undefined : openSync(resolve(cwd, name), "r");
    const bytes = readEnds(opened ?? stdin);
    const text = decode(bytes);
    return isText(text) ? { text } : { why: "is not text." };
  } catch (error) {
    return { why: reason(error) };
  } finally {
    if (opened !== undefined) closeSync(opened);
  }
}

/** The beginning and the end of what a descriptor gives, with a line break where something is left out. */
function readEnds(descriptor: number): Buffer {
  const head: Buffer[] = [];
  let tail: Buffer[] = [];
  let headLength = 0;
  let tailLength = 0;
  let dropped = false;
  for (;;) {
    const chunk = readChunk(descriptor);
    if (chunk.length === 0) break;
    if (headLength < headSize) {
      head.push(chunk);
      headLength += chunk.length;
      continue;
    }
    tail.push(chunk);
    tailLength += chunk.length;
    if (tailLength <= 2 * tailSize) continue;
    tail = [Buffer.concat(tail).subarray(-tailSize)];
    tailLength = tailSize;
    dropped = true;
  }
  return Buffer.concat([...head, ...(dropped ? [Buffer.from("\n")] : []), ...tail]);
}

function readChunk(descriptor: number): Buffer {
  const buffer = Buffer.allocUnsafe(64 * 1024);
  for (;;) {
    try {
      return buffer.subarray(0, readSync(descriptor, buffer));
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      // Windows ends a pipe so; a terminal or pipe that does not block has nothing yet.
      if (code === "EOF") return buffer.subarray(0, 0);
      if (code !== "EAGAIN") throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
    }
  }
}

/** UTF-8, or UTF-16 where a mark says so: what PowerShell writes by `>`. */
function decode(bytes: Buffer): string {
  const little = bytes[0] === 0xff && bytes[1] === 0xfe;
  const big = bytes[0] === 0xfe && bytes[1] === 0xff;
  if (little || big) return new TextDecoder(little ? "utf-16le" : "utf-16be").decode(bytes);
  return new TextDecoder().decode(bytes);
}

/** A log may have stray bytes, and an engine's own stream has a few between the lines; text it is all the same. */
function isText(text: string): boolean {
  const sample = text.slice(0, 64 * 1024).replace(/\s/g, "");
  const strange = sample.match(/\p{Cc}|\ufffd/gu)?.length ?? 0;
  return strange <= sample.length / 4;
}
