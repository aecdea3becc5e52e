import { closeSync, constants, fstatSync, openSync, readSync, type Stats, statSync } from "node:fs";
import { open, stat } from "node:fs/promises";
import { maxFileBytes } from "./core/lint/not-linted";

/** Why a path is not read though something is there: a device or a pipe can hold a reader for ever. */
export type Unreadable = "directory" | "special" | "large";

/** Between `stat` and `open` a pipe may come in the place of a file; without waiting, opening it returns. */
const flags = constants.O_RDONLY | constants.O_NONBLOCK;

/**
 * The bytes of a regular file of at most 1 MB, symbolic links followed. Anything else is not opened. Throws the
 * error of the file system when the path cannot be read.
 */
export async function readRegularFile(path: string): Promise<Buffer | Unreadable> {
  const refused = refusal(await stat(path));
  if (refused) return refused;
  const handle = await open(path, flags);
  try {
    const stats = await handle.stat();
    const changed = refusal(stats);
    if (changed) return changed;
    const bytes = Buffer.alloc(stats.size);
    let end = 0;
    while (end < bytes.length) {
      const { bytesRead } = await handle.read(bytes, end, bytes.length - end, null);
      if (bytesRead === 0) break;
      end += bytesRead;
    }
    return bytes.subarray(0, end);
  } finally {
    await handle.close();
  }
}

/** The same for a program that waits for its files; undefined where there is none, which is often and so no error. */
export function readRegularFileSync(path: string): Buffer | Unreadable | undefined {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) return undefined;
  const refused = refusal(stats);
  if (refused) return refused;
  const handle = openSync(path, flags);
  try {
    const opened = fstatSync(handle);
    const changed = refusal(opened);
    if (changed) return changed;
    const bytes = Buffer.alloc(opened.size);
    let end = 0;
    while (end < bytes.length) {
      const bytesRead = readSync(handle, bytes, end, bytes.length - end, null);
      if (bytesRead === 0) break;
      end += bytesRead;
    }
    return bytes.subarray(0, end);
  } finally {
    closeSync(handle);
  }
}

function refusal(stats: Stats): Unreadable | undefined {
  if (stats.isDirectory()) return "directory";
  if (!stats.isFile()) return "special";
  return stats.size > maxFileBytes ? "large" : undefined;
}
