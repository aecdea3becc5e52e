import {
  chmodSync,
  type Dirent,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from "node:fs";
import { join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { URI } from "vscode-uri";
import { format } from "../core/message";
import { type FileKind, isDockerfile, isRunFile, kindOf, problemsIn, type Snapshot } from "../core/project";
import type { Terminal } from "./run";
import { ignored, runFilesNear } from "./run-files";

/** A file to judge. `name` is what the user called it, or that folder's name with the path below it. */
export interface InputFile {
  readonly name: string;
  readonly path: string;
  readonly uri: string;
  /** Without a byte order mark. */
  readonly text: string;
  readonly kind: FileKind;
  readonly bom: boolean;
}

export interface Inputs {
  readonly files: readonly InputFile[];
  readonly snapshot: Snapshot;
  /** Something could not be read, or not as YAML; it was said. */
  readonly failed: boolean;
}

export const mark = "\uFEFF";

/** Tells that something cannot be read, and why. */
type Fail = (name: string, why: string) => void;

/**
 * Reads the files that paths name, folders searched for files of ours by name. A file that is named
 * itself is recognised by its content when its name says nothing, or by `kind`.
 */
export function readInputs(paths: readonly string[], kind: FileKind | undefined, terminal: Terminal): Inputs {
  const files: InputFile[] = [];
  const seen = new Set<string>();
  let failed = false;
  const fail: Fail = (name, why) => {
    terminal.err(`${name}: ${why}\n`);
    failed = true;
  };
  for (const name of paths) {
    const path = resolve(terminal.cwd, name);
    const isFolder = statOf(path)?.isDirectory() === true;
    for (const file of isFolder ? search(path, name, fail) : [{ name, path }]) {
      if (seen.has(file.path)) continue;
      seen.add(file.path);
      const read = readText(file.path);
      if ("why" in read) {
        fail(file.name, read.why);
        continue;
      }
      const uri = URI.file(file.path).toString();
      const found = (isFolder ? undefined : kind) ?? kindOf(uri, read.text);
      if (found === "unknown" && !isFolder) {
        fail(file.name, "neither a Dockerfile nor a compose file; say which with --kind.");
        continue;
      }
      const input = { ...file, ...read, uri, kind: found };
      files.push(input);
      for (const { span, message } of problemsIn(input))
        fail(`${file.name}:${lineNumber(read.text, span.start)}`, format(message));
    }
  }
  return { files, snapshot: openSnapshot(files, terminal.cwd), failed };
}

/** The line of an offset, counted from 1. */
function lineNumber(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}

/** Files of ours below a folder, by name. Links to folders are not followed, so a loop of them ends. */
function* search(folder: string, name: string, fail: Fail): Generator<{ name: string; path: string }> {
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
      if (!ignored.has(entry.name)) yield* search(below.path, below.name, fail);
    } else if (isDockerfile(entry.name) || isRunFile(entry.name)) {
      // A link that leads nowhere is told when it is read; a pipe would wait for ever.
      if (statOf(below.path)?.isFile() !== false) yield below;
    }
  }
}

/** How a file is called that nobody named: its path from the working directory. */
export function nameFrom(cwd: string, uri: string): string {
  return relative(cwd, fileURLToPath(uri));
}

/** What a path leads to, undefined when that cannot be told. */
function statOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}

function readText(path: string): { text: string; bom: boolean } | { why: string } {
  try {
    const bytes = readFileSync(path);
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
        texts.set(uri, "text" in read ? read.text : undefined);
      }
      return texts.get(uri);
    },
  };
}

/**
 * Replaces a file's text in one step: a reader sees the old file or the new one, and a failure leaves the
 * old one. The mode is kept, and a symbolic link stays one. Returns why it could not be done.
 */
export function writeAtomically(file: InputFile, text: string): string | undefined {
  let temporary: string | undefined;
  try {
    const path = realpathSync(file.path);
    const { mode } = statSync(path);
    const name = `${path}.${process.pid}.tmp`;
    writeFileSync(name, (file.bom ? mark : "") + text, { flag: "wx" });
    temporary = name;
    chmodSync(name, mode);
    renameSync(name, path);
    return undefined;
  } catch (error) {
    if (temporary) rmSync(temporary, { force: true });
    return reason(error);
  }
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
