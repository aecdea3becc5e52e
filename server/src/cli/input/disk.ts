import { type Dirent, existsSync, lstatSync, readdirSync, realpathSync, type Stats, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { mayBeLinted } from "../../core/surfaces/files";
import { texts } from "../texts";
import { type Read, readText } from "./read-text";
import { reason } from "./reason";

/**
 * The entries of a directory by name: its subdirectories, and the files whose names suggest that they can be linted.
 */
export interface Listing {
  readonly entries: readonly Entry[];
  /** The total number of entries in the directory. */
  readonly size: number;
}

export interface Entry {
  readonly name: string;
  /** Its index among all entries of the directory. */
  readonly place: number;
  readonly type: "directory" | "file" | "link" | "special";
}

/** The reason, in words, why something cannot be read. */
interface Why {
  readonly why: string;
}

/** Access to the disk during one command. Each path is read only once. */
export interface Disk {
  list(folder: string): Listing | Why;
  /** Whether a directory is the root of a Git repository. */
  isRepository(folder: string): boolean;
  /** The regular file that a path resolves to, with links resolved. All names of one file have the same id. */
  locate(path: string): { path: string; id: string } | Why;
  /** The text of a file, by its resolved path. */
  read(path: string): Read;
}

export function openDisk(): Disk {
  const realFolder = remembered((folder) => realpathSync(folder));
  return {
    list: remembered(list),
    isRepository: remembered((folder) => existsSync(join(folder, ".git"))),
    locate: (path) => locate(path, realFolder),
    read: remembered(readText),
  };
}

/** Returns a version of `look` that runs only once per path, unless it throws. */
export function remembered<Value>(look: (path: string) => Value): (path: string) => Value {
  const known = new Map<string, { readonly value: Value }>();
  return (path) => {
    const entry = known.get(path);
    if (entry) return entry.value;
    const value = look(path);
    known.set(path, { value });
    return value;
  };
}

function list(folder: string): Listing | Why {
  try {
    const all = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
    const entries = all.flatMap((entry, place): Entry[] => {
      const type = typeOf(entry);
      return type === "directory" || mayBeLinted(join(folder, entry.name))
        ? [{ name: entry.name, place, type }]
        : [];
    });
    return { entries, size: all.length };
  } catch (error) {
    return { why: reason(error) };
  }
}

function typeOf(entry: Dirent): Entry["type"] {
  if (entry.isDirectory()) return "directory";
  if (entry.isFile()) return "file";
  return entry.isSymbolicLink() ? "link" : "special";
}

function locate(path: string, realFolder: (folder: string) => string): ReturnType<Disk["locate"]> {
  try {
    const own = lstatSync(path, { bigint: true });
    const isLink = own.isSymbolicLink();
    const real = isLink ? realpathSync(path) : join(realFolder(dirname(path)), basename(path));
    const stats = isLink ? statSync(real, { bigint: true }) : own;
    if (!stats.isFile()) return { why: stats.isDirectory() ? texts.directory : texts.special };
    return { path: real, id: stats.ino === 0n ? real : `${stats.dev}:${stats.ino}` };
  } catch (error) {
    return { why: reason(error) };
  }
}

/** The status of the target of a path, or undefined if it cannot be determined. */
export function statOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}
