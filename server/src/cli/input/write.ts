import {
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { texts } from "../texts";
import type { InputFile } from "./input-file";
import { mark } from "./read-text";
import { reason } from "./reason";

/**
 * Writes a file's new content in place, so that its owner, mode, hard links and attributes are kept. During the
 * write, a copy of the old bytes is kept next to it (`NAME.PID.bak`): a failed write is reverted, and after a crash
 * the copy remains. A file without any write permission is never written, not even by root. Returns the reason if it
 * fails.
 */
export function writeInPlace(file: InputFile, text: string): string | undefined {
  const copy = `${file.path}.${process.pid}.bak`;
  let descriptor: number | undefined;
  try {
    const { mode } = statSync(file.path);
    if ((mode & 0o222) === 0) return texts.readOnly;
    // The path has no links; a link that was created there in the meantime is not followed. Windows has no such flag.
    descriptor = openSync(file.path, constants.O_RDWR | (constants.O_NOFOLLOW ?? 0));
    const old = readFileSync(descriptor);
    if (!old.equals(bytesOf(file, file.text))) return texts.changed;
    saveCopy(copy, old);
    const failed = replace(descriptor, bytesOf(file, text), old);
    if (failed?.damaged) return texts.damaged(failed.why, copy);
    rmSync(copy, { force: true });
    // A write by a user other than root clears set-user-ID and set-group-ID.
    if (fstatSync(descriptor).mode !== mode) fchmodSync(descriptor, mode & 0o7777);
    return failed?.why;
  } catch (error) {
    return reason(error);
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

function bytesOf({ bom }: InputFile, text: string): Buffer {
  return Buffer.from((bom ? mark : "") + text);
}

/** Saves a complete copy on the disk, or none: a partial copy is removed. */
function saveCopy(path: string, bytes: Buffer): void {
  const descriptor = openSync(path, "wx", 0o600);
  try {
    writeFileSync(descriptor, bytes);
    fsyncSync(descriptor);
  } catch (error) {
    rmSync(path, { force: true });
    throw error;
  } finally {
    closeSync(descriptor);
  }
}

/** Replaces the content of a file. If that fails, writes the old bytes back. */
function replace(descriptor: number, bytes: Buffer, old: Buffer) {
  try {
    writeAll(descriptor, bytes);
    return undefined;
  } catch (error) {
    try {
      writeAll(descriptor, old);
      return { why: reason(error), damaged: false };
    } catch {
      return { why: reason(error), damaged: true };
    }
  }
}

/** fsync reports errors that a disk or a server returns late. */
function writeAll(descriptor: number, bytes: Buffer): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at, bytes.length - at, at);
  ftruncateSync(descriptor, bytes.length);
  fsyncSync(descriptor);
}
