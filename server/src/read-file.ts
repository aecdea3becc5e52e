import { closeSync, constants, fstatSync, openSync, readSync, type Stats, statSync } from "node:fs";
import { open, stat } from "node:fs/promises";
import { maxFileBytes } from "./core/lint/not-linted";

/** Why a path that exists is not read. A device or a pipe could block a reader forever. */
export type Unreadable = "directory" | "special" | "large";

/** Between `stat` and `open`, a pipe could replace the file. With O_NONBLOCK, opening it does not block. */
const flags = constants.O_RDONLY | constants.O_NONBLOCK;

/**
 * The bytes of a regular file of at most 1 MB, following symbolic links. Anything else is not opened. Throws the
 * error of the file system if the path cannot be read.
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

/** The synchronous version. Returns undefined if there is no file, which is common and therefore not an error. */
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
