import { realpathSync } from "node:fs";
import { resolve } from "node:path";
import { format } from "../../core/base/message";
import type { Problem } from "../../core/base/problem";
import type { Snapshot } from "../../core/base/snapshot";
import { lineNumber } from "../../core/base/text";
import { type FileKind, keptFile, kindOfFound } from "../../core/surfaces/files";
import type { Terminal } from "../terminal";
import { texts } from "../texts";
import { type Disk, openDisk, statOf } from "./disk";
import { type InputFile, type NamedFile, namedFile } from "./input-file";
import { search } from "./search";
import { openSnapshot } from "./snapshot";

/** A named or discovered file, or the reason why there is none. */
export type InputEntry = NamedFile | { readonly name: string; readonly why: string };

/** The input of a command, before the files are read. */
export interface OpenInputs {
  readonly entries: readonly InputEntry[];
  readonly snapshot: Snapshot;
  /** Whether a directory was named and searched. */
  readonly searched: boolean;
  /** Reads an entry. Reports why it cannot be read, or that it is not a file of its kind. */
  read(entry: InputEntry): InputFile | undefined;
  /** Reports syntax errors of a file. */
  tell(file: InputFile, problems: readonly Problem[]): void;
  /** The files that have been read but are too large to lint. */
  readonly large: readonly Pick<InputFile, "name" | "uri">[];
  /** Whether anything was reported. */
  failed(): boolean;
}

/** The input of a command, with all files read. */
export interface Inputs extends Pick<OpenInputs, "snapshot" | "searched" | "large"> {
  readonly files: readonly InputFile[];
  /** Whether a file could not be read or is not a file of its kind. This was already reported. */
  readonly failed: boolean;
}

/** Where input problems are reported. */
export type Place = Pick<Terminal, "cwd" | "err">;

/** Reads all files that the paths name, as `openInputs` finds them, and reports their syntax errors. */
export function readInputs(paths: readonly string[], kind: FileKind | undefined, place: Place): Inputs {
  return readAll(openInputs(paths, kind, place));
}

/** Reads all of the input and reports syntax errors. */
export function readAll(inputs: OpenInputs): Inputs {
  const { entries, snapshot, searched, large } = inputs;
  const files = entries.flatMap((entry) => {
    const file = inputs.read(entry);
    if (file) inputs.tell(file, keptFile(file, snapshot.read)?.problems() ?? []);
    return file ?? [];
  });
  return { files, snapshot, searched, large, failed: inputs.failed() };
}

/**
 * Finds the files that the paths name. Directories are searched for Dockerfiles and Compose files by name. The kind
 * of a directly named file comes from `kind`, or from the content if the name does not show it. Links are resolved
 * first, and a file with several names is read once, under the first name.
 */
export function openInputs(paths: readonly string[], kind: FileKind | undefined, place: Place): OpenInputs {
  const disk = openDisk();
  const named = paths.map((name) => {
    const path = resolve(place.cwd, name);
    return { name, path, isFolder: statOf(path)?.isDirectory() === true };
  });
  const folders = named.filter(({ isFolder }) => isFolder).map(({ path }) => realpathSync(path));
  const seen = new Set<string>();
  const entries = named.flatMap(({ name, path, isFolder }) => {
    const found = isFolder ? search(path, name, folders, disk) : [{ name, path }];
    return found.flatMap((each): InputEntry[] => {
      if ("why" in each) return [each];
      const real = disk.locate(each.path);
      if ("why" in real) return [{ name: each.name, why: real.why }];
      if (seen.has(real.id)) return [];
      seen.add(real.id);
      const file = { name: each.name, path: real.path, named: each.path };
      const read = () => disk.read(file.path);
      if (!isFolder) return [namedFile(file, kind, read)];
      const found = namedFile(file, undefined, read, kindOfFound);
      // Most files with such names are not of a kind that can be linted.
      return found.kind() === "unknown" ? [] : [found];
    });
  });
  return inputsOf(entries, folders.length > 0, disk, place);
}

/** The input that consists of these entries. */
export function inputsOf(
  entries: readonly InputEntry[],
  searched: boolean,
  disk: Disk,
  { cwd, err }: Place,
): OpenInputs {
  const large: NamedFile[] = [];
  let failed = false;
  const fail = (name: string, why: string) => {
    err(`${name}: ${why}\n`);
    failed = true;
    return undefined;
  };
  const files = entries.filter((entry) => "read" in entry);
  return {
    entries,
    snapshot: openSnapshot(files, cwd, disk),
    searched,
    read: (entry) => {
      if ("why" in entry) return fail(entry.name, entry.why);
      const read = entry.read();
      if (read === "large") {
        large.push(entry);
        return undefined;
      }
      if ("why" in read) return fail(entry.name, read.why);
      const { name, path, uri } = entry;
      const kind = entry.kind();
      if (kind !== "unknown") return { name, path, uri, kind, ...read };
      return fail(name, texts.unknownKind);
    },
    tell: ({ name, text }, problems) => {
      for (const { span, message } of problems)
        fail(`${name}:${lineNumber(text, span.start)}`, format(message));
    },
    large,
    failed: () => failed,
  };
}
