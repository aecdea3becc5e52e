import { dirname, join, relative } from "node:path";
import { isDockerfile, isRunFile } from "../../core/surfaces/files";
import type { Disk, Entry } from "./disk";

/** Directories that do not contain files of the project. */
export const ignored: ReadonlySet<string> = new Set(["node_modules", ".git"]);

/** How many directory entries of a project are examined, those nearest to its root first. */
const mostEntries = 10_000;
/** How many directory levels are examined, starting from the directory of a file and going up. */
const mostLevels = 4;

/**
 * Paths of the run files that may start the images of the given files, and of the Dockerfiles that may be based on
 * them: those in the same project, and those beside and above each file. The result depends on each file alone, so a
 * command line with fewer files links them the same way.
 */
export function projectFilesNear(paths: readonly string[], cwd: string, disk: Disk): ReadonlySet<string> {
  const folders = [...new Set(paths.map((path) => dirname(path)))];
  const roots = new Set(folders.map((folder) => projectRoot(folder, cwd, disk)));
  return new Set([
    ...[...roots].flatMap((root) => projectFilesBelow(root, disk)),
    ...folders.flatMap((folder) => projectFilesAbove(folder, disk)),
  ]);
}

/**
 * The repository that contains the directory, else the working directory if it contains the directory, else the
 * directory.
 */
function projectRoot(folder: string, cwd: string, disk: Disk): string {
  for (let above = folder; dirname(above) !== above; above = dirname(above))
    if (disk.isRepository(above)) return above;
  return relative(cwd, folder).startsWith("..") ? folder : cwd;
}

function projectFilesBelow(root: string, disk: Disk): string[] {
  const found: string[] = [];
  const open = [root];
  let left = mostEntries;
  for (const folder of open) {
    if (left <= 0) break;
    const { entries, size } = listed(folder, disk);
    const near = size <= left ? entries : entries.filter(({ place }) => place < left);
    left -= size;
    found.push(...projectFilesIn(folder, near));
    for (const { name, type } of near)
      if (type === "directory" && !ignored.has(name)) open.push(join(folder, name));
  }
  return found;
}

/** Files in the directory of a file and in those above it, up to the root of its repository. */
function projectFilesAbove(start: string, disk: Disk): string[] {
  const found: string[] = [];
  let folder = start;
  for (let level = 0; level < mostLevels; level++) {
    found.push(...projectFilesIn(folder, listed(folder, disk).entries));
    if (disk.isRepository(folder) || dirname(folder) === folder) break;
    folder = dirname(folder);
  }
  return found;
}

/** Includes regular files, and links, which may point to one. */
function projectFilesIn(folder: string, entries: readonly Entry[]): string[] {
  return entries
    .filter(
      ({ name, type }) => (type === "file" || type === "link") && (isRunFile(name) || isDockerfile(name)),
    )
    .map(({ name }) => join(folder, name));
}

/** Returns an empty list for a directory that cannot be listed. */
function listed(folder: string, disk: Disk) {
  const listing = disk.list(folder);
  return "why" in listing ? { entries: [], size: 0 } : listing;
}
