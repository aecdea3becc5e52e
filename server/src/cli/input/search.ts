import { type Dirent, readdirSync } from "node:fs";
import { join, sep } from "node:path";
import { kindOfName } from "../../core/surfaces/files";
import { locate, statOf } from "./read-text";
import { reason } from "./reason";
import { ignored } from "./run-files";

/** Tells that something cannot be read, and why. */
export type Fail = (name: string, why: string) => void;

/**
 * Files of ours below a folder, by name. Links to folders are not followed, so a loop of them ends; nor are
 * links to files outside of the folders that were named. Tells that there is none, unless it told something else.
 */
export function* search(
  folder: string,
  name: string,
  folders: readonly string[],
  fail: Fail,
): Generator<{ name: string; path: string }> {
  let empty = true;
  const told: Fail = (...what) => {
    empty = false;
    fail(...what);
  };
  for (const file of filesBelow(folder, name, folders, told)) {
    empty = false;
    yield file;
  }
  if (empty) fail(name, "holds neither a Dockerfile nor a compose file.");
}

function* filesBelow(
  folder: string,
  name: string,
  folders: readonly string[],
  fail: Fail,
): Generator<{ name: string; path: string }> {
  let entries: Dirent[];
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    fail(name, reason(error));
    return;
  }
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const below = { name: join(name, entry.name), path: join(folder, entry.name) };
    if (entry.isDirectory()) {
      if (!ignored.has(entry.name)) yield* filesBelow(below.path, below.name, folders, fail);
    } else if (kindOfName(entry.name) !== undefined) {
      const target = entry.isSymbolicLink() ? locate(below.path) : undefined;
      if (target && "id" in target && !folders.some((each) => isBelow(target.path, each))) {
        fail(
          below.name,
          `is a link that leads out of the directory, to ${target.path}. Name that file itself.`,
        );
      } else if (statOf(below.path)?.isFile() !== false) {
        // A link that leads nowhere is told when it is read; a pipe would wait for ever.
        yield below;
      }
    }
  }
}

function isBelow(path: string, folder: string): boolean {
  return path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}
