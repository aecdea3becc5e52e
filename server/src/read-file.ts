import { closeSync, constants, fstatSync, openSync, readSync, type Stats, statSync } from "node:fs";
import { open, stat } from "node:fs/promises";
import { maxFileBytes } from "./core/not-linted";

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

/**
 * The same for a program that waits for its files. Of what the user named, a pipe or a device is read as well, up to
 * the same size.
 */
export function readFileSync(path: string, named: boolean): Buffer | Unreadable {
  const refused = (stats: Stats) => {
    const why = refusal(stats);
    return why === "special" && named ? undefined : why;
  };
  const before = refused(statSync(path));
  if (before) return before;
  const handle = openSync(path, named ? constants.O_RDONLY : flags);
  try {
    const stats = fstatSync(handle);
    const after = refused(stats);
    if (after) return after;
    const bytes = Buffer.alloc(stats.isFile() ? stats.size : maxFileBytes + 1);
    let end = 0;
    while (end < bytes.length) {
      const bytesRead = readSync(handle, bytes, end, bytes.length - end, null);
      if (bytesRead === 0) break;
      end += bytesRead;
    }
    return end > maxFileBytes ? "large" : bytes.subarray(0, end);
  } finally {
    closeSync(handle);
  }
}

function refusal(stats: Stats): Unreadable | undefined {
  if (stats.isDirectory()) return "directory";
  if (!stats.isFile()) return "special";
  return stats.size > maxFileBytes ? "large" : undefined;
}
