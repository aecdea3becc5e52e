import { type Dirent, existsSync, readdirSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { isRunFile } from "../../core/surfaces/files";

/** Directories that hold no files of the project itself. */
export const ignored: ReadonlySet<string> = new Set(["node_modules", ".git"]);

/** So many directory entries of a project are looked at, the nearest to its root first. */
const mostEntries = 10_000;
/** So many directories are looked into from that of a file on upwards. */
const mostLevels = 4;

/**
 * Paths of the run files that may start the images of files: those of their projects, and those beside and above
 * each. They follow from the files alone, so that a command line which names fewer files links them alike.
 */
export function runFilesNear(paths: readonly string[], cwd: string): ReadonlySet<string> {
  const roots = new Set(paths.map((path) => projectRoot(path, cwd)));
  return new Set([...[...roots].flatMap(runFilesBelow), ...paths.flatMap(runFilesAbove)]);
}

/** The repository of a file, else the working directory where the file is below it, else its own directory. */
function projectRoot(path: string, cwd: string): string {
  for (let folder = dirname(path); dirname(folder) !== folder; folder = dirname(folder))
    if (existsSync(join(folder, ".git"))) return folder;
  return relative(cwd, path).startsWith("..") ? dirname(path) : cwd;
}

function runFilesBelow(root: string): string[] {
  const found: string[] = [];
  const open = [root];
  let left = mostEntries;
  for (let folder = open.shift(); folder !== undefined && left > 0; folder = open.shift()) {
    const entries = entriesOf(folder).slice(0, left);
    left -= entries.length;
    found.push(...runFilesIn(folder, entries));
    open.push(
      ...entries
        .filter((entry) => entry.isDirectory() && !ignored.has(entry.name))
        .map(({ name }) => join(folder, name)),
    );
  }
  return found;
}

/** In the directory of a file and in those above it, up to its repository's root. */
function runFilesAbove(path: string): string[] {
  const found: string[] = [];
  let folder = dirname(path);
  for (let level = 0; level < mostLevels; level++) {
    found.push(...runFilesIn(folder, entriesOf(folder)));
    if (existsSync(join(folder, ".git")) || dirname(folder) === folder) break;
    folder = dirname(folder);
  }
  return found;
}

function runFilesIn(folder: string, entries: readonly Dirent[]): string[] {
  return entries
    .filter((entry) => isRunFile(entry.name) && !isSpecial(entry))
    .map(({ name }) => join(folder, name));
}

/** A directory, pipe, socket or device. */
function isSpecial(entry: Dirent): boolean {
  return !entry.isFile() && !entry.isSymbolicLink();
}

/** By name; none of a directory that cannot be listed. */
function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return [];
  }
}
