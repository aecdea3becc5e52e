import { dirname, join, relative } from "node:path";
import { isDockerfile, isRunFile } from "../../core/surfaces/files";
import type { Disk, Entry } from "./disk";

/** Directories that hold no files of the project itself. */
export const ignored: ReadonlySet<string> = new Set(["node_modules", ".git"]);

/** So many directory entries of a project are looked at, the nearest to its root first. */
const mostEntries = 10_000;
/** So many directories are looked into from that of a file on upwards. */
const mostLevels = 4;

/**
 * Paths of the run files that may start the images of files, and of the Dockerfiles that may be built on them: those of
 * their projects, and those beside and above each. They follow from the files alone, so that a command line which names
 * fewer files links them alike.
 */
export function projectFilesNear(paths: readonly string[], cwd: string, disk: Disk): ReadonlySet<string> {
  const folders = [...new Set(paths.map((path) => dirname(path)))];
  const roots = new Set(folders.map((folder) => projectRoot(folder, cwd, disk)));
  return new Set([
    ...[...roots].flatMap((root) => projectFilesBelow(root, disk)),
    ...folders.flatMap((folder) => projectFilesAbove(folder, disk)),
  ]);
}

/** The repository of a directory, else the working directory where it is in that, else the directory itself. */
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

/** In the directory of a file and in those above it, up to its repository's root. */
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

/** Of the regular files, and the links, which may lead to one. */
function projectFilesIn(folder: string, entries: readonly Entry[]): string[] {
  return entries
    .filter(
      ({ name, type }) => (type === "file" || type === "link") && (isRunFile(name) || isDockerfile(name)),
    )
    .map(({ name }) => join(folder, name));
}

/** Nothing of a directory that cannot be listed. */
function listed(folder: string, disk: Disk) {
  const listing = disk.list(folder);
  return "why" in listing ? { entries: [], size: 0 } : listing;
}
