import { realpath } from "node:fs/promises";
import { isAbsolute, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { URI } from "vscode-uri";
import { isCommon, mayBeLinted } from "./core/surfaces/files";
import { findFiles } from "./find-files";
import type { FileSystem } from "./lsp/file-system";
import { readRegularFile } from "./read-file";

/** In a workspace with more files than this, only open or linked files are considered. */
const maxFiles = 5_000;
/** The maximum number of files open at the same time, since a process can only open a limited number. */
const maxOpen = 32;

/** The disk, as provided to the server. */
export const nodeFileSystem: FileSystem = {
  readFile: async (uri, within) => {
    if (!uri.startsWith("file:")) return undefined;
    try {
      const path = await (within ? realPathWithin(uri, within) : fileURLToPath(uri));
      if (path === undefined) return undefined;
      const read = await inTurn(() => readRegularFile(path));
      if (read === "large") return { tooLarge: true };
      // As in editors, the byte order mark is removed, and offsets count from the character after it.
      return typeof read === "string" ? undefined : new TextDecoder().decode(read);
    } catch {
      // Absent, a directory, no permission: the core treats all of these as absent.
      return undefined;
    }
  },
  findFiles: async (folder, large) => {
    if (!folder.startsWith("file:")) return [];
    const paths = await findFiles(fileURLToPath(folder), mayBeLinted, large);
    // Files with common names must not displace the others.
    const [common, others] = [paths.filter(isCommon), paths.filter((path) => !isCommon(path))];
    return [...others, ...common].slice(0, maxFiles).map((path) => URI.file(path).toString());
  },
};

let free = maxOpen;
const waiting: (() => void)[] = [];

/** Runs work that opens a file, once few enough files are open. */
async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (free > 0) free--;
  else await new Promise<void>((resolve) => waiting.push(resolve));
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else free++;
  }
}

/** The real path of a file; undefined if it is not in any of the directories. */
async function realPathWithin(uri: string, folders: readonly string[]): Promise<string | undefined> {
  const local = folders.filter((folder) => folder.startsWith("file:"));
  const [path, ...places] = await Promise.all([uri, ...local].map((each) => realpath(fileURLToPath(each))));
  return path !== undefined && places.some((place) => isBelow(path, place)) ? path : undefined;
}

function isBelow(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== "" && way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
