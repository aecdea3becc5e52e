import { type Dirent, readdirSync, realpathSync, type Stats, statSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { URI } from "vscode-uri";
import { format } from "../core/base/message";
import type { Snapshot } from "../core/base/snapshot";
import { type FileKind, kindOf, kindOfName, readFile } from "../core/surfaces/files";
import { readRegularFileSync } from "../read-file";
import type { Terminal } from "./run";
import { ignored, runFilesNear } from "./run-files";

/** A file to judge. `name` is what the user called it, or that folder's name with the path below it. */
export interface InputFile {
  readonly name: string;
  /** Without links. */
  readonly path: string;
  readonly uri: string;
  /** Without a byte order mark. */
  readonly text: string;
  readonly kind: FileKind;
  readonly bom: boolean;
}

export interface Inputs {
  readonly files: readonly InputFile[];
  /** Files that are too large to be linted. */
  readonly large: readonly Pick<InputFile, "name" | "uri">[];
  readonly snapshot: Snapshot;
  /** Something could not be read, or not as what it is; it was said. */
  readonly failed: boolean;
}

export const mark = "\uFEFF";

/** Tells that something cannot be read, and why. */
type Fail = (name: string, why: string) => void;

/**
 * Reads the files that paths name, folders searched for files of ours by name. A file that is named
 * itself is recognised by its content when its name says nothing, or by `kind`. Links are resolved first,
 * and a file that has several names is read once, by the first.
 */
export function readInputs(paths: readonly string[], kind: FileKind | undefined, terminal: Terminal): Inputs {
  const files: InputFile[] = [];
  const large: Pick<InputFile, "name" | "uri">[] = [];
  const seen = new Set<string>();
  let failed = false;
  const fail: Fail = (name, why) => {
    terminal.err(`${name}: ${why}\n`);
    failed = true;
  };
  const named = paths.map((name) => ({ name, path: resolve(terminal.cwd, name) }));
  const folders = named
    .filter(({ path }) => statOf(path)?.isDirectory())
    .map(({ path }) => realpathSync(path));
  for (const { name, path } of named) {
    const isFolder = statOf(path)?.isDirectory() === true;
    for (const entry of isFolder ? search(path, name, folders, fail) : [{ name, path }]) {
      const real = locate(entry.path);
      if ("id" in real && seen.has(real.id)) continue;
      if ("id" in real) seen.add(real.id);
      const read = "why" in real ? real : readText(real.path);
      const file = { ...entry, ...real };
      const uri = URI.file(file.path).toString();
      if (read === "large") {
        large.push({ name: file.name, uri });
        continue;
      }
      if ("why" in read) {
        fail(file.name, read.why);
        continue;
      }
      const found = (isFolder ? undefined : kind) ?? kindOf(URI.file(entry.path).toString(), read.text);
      if (found === "unknown" && !isFolder) {
        fail(file.name, "neither a Dockerfile nor a compose file; say which with --kind.");
        continue;
      }
      const input = { name: file.name, path: file.path, ...read, uri, kind: found };
      files.push(input);
      for (const { span, message } of readFile(input, () => undefined)?.problems() ?? [])
        fail(`${file.name}:${lineNumber(read.text, span.start)}`, format(message));
    }
  }
  return { files, large, snapshot: openSnapshot(files, terminal.cwd), failed };
}

/** The line of an offset, counted from 1. */
function lineNumber(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}

/**
 * Files of ours below a folder, by name. Links to folders are not followed, so a loop of them ends; nor are
 * links to files outside of the folders that were named.
 */
function* search(
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
      if (!ignored.has(entry.name)) yield* search(below.path, below.name, folders, fail);
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

/** How a file is called that nobody named: its path from the working directory. */
export function nameFrom(cwd: string, uri: string): string {
  return relative(cwd, fileURLToPath(uri));
}

function isBelow(path: string, folder: string): boolean {
  return path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

/** The regular file that a path leads to, without links; all names of one file have one id. */
function locate(path: string): { path: string; id: string } | { why: string } {
  try {
    const real = realpathSync(path);
    const stats = statSync(real, { bigint: true });
    if (!stats.isFile()) return { why: stats.isDirectory() ? "is a folder." : "is not a regular file." };
    return { path: real, id: stats.ino === 0n ? real : `${stats.dev}:${stats.ino}` };
  } catch (error) {
    return { why: reason(error) };
  }
}

/** What a path leads to, undefined when that cannot be told. */
function statOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}

function readText(path: string): { text: string; bom: boolean } | { why: string } | "large" {
  try {
    const bytes = readRegularFileSync(path);
    if (bytes === "large") return bytes;
    if (bytes === "directory") return { why: "is a folder." };
    if (bytes === "special") return { why: "is not a regular file." };
    const text = bytes.toString("utf8");
    if (!Buffer.from(text).equals(bytes)) return { why: "is not UTF-8 text." };
    return text.startsWith(mark) ? { text: text.slice(1), bom: true } : { text, bom: false };
  } catch (error) {
    return { why: reason(error) };
  }
}

/** The disk as a snapshot. Run files are those given, and those of the projects of what is given. */
function openSnapshot(files: readonly InputFile[], cwd: string): Snapshot {
  const texts = new Map<string, string | undefined>(files.map(({ uri, text }) => [uri, text]));
  const runFiles = new Set(files.filter(({ kind }) => kind === "compose").map(({ uri }) => uri));
  const paths = files.map(({ path }) => path);
  for (const near of runFilesNear(paths, cwd)) runFiles.add(URI.file(near).toString());
  return {
    runFiles: [...runFiles],
    read: (uri) => {
      if (!texts.has(uri) && uri.startsWith("file:")) {
        const read = readText(fileURLToPath(uri));
        texts.set(uri, read !== "large" && "text" in read ? read.text : undefined);
      }
      return texts.get(uri);
    },
  };
}

/** Why a file could not be read or written, in words. */
export function reason(error: unknown): string {
  const { code = "", message } = error as NodeJS.ErrnoException;
  return reasons[code] ?? message;
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file.",
  ENOTDIR: "there is no such file.",
  EISDIR: "is a folder.",
  ELOOP: "is a loop of links.",
  EACCES: "permission denied.",
  EPERM: "permission denied.",
  EROFS: "the file system is read-only.",
  ENOSPC: "no space is left on the device.",
  EDQUOT: "the disk quota is used up.",
};
