import { realpathSync } from "node:fs";
import { resolve } from "node:path";
import { URI } from "vscode-uri";
import { format } from "../../core/base/message";
import type { Snapshot } from "../../core/base/snapshot";
import { lineNumber } from "../../core/base/text";
import { type FileKind, kindOf, readFile } from "../../core/surfaces/files";
import type { Terminal } from "../terminal";
import type { InputFile } from "./input-file";
import { locate, type Read, readText, statOf } from "./read-text";
import { type Fail, search } from "./search";
import { openSnapshot } from "./snapshot";

export interface Inputs {
  readonly files: readonly InputFile[];
  /** Files that are too large to be linted. */
  readonly large: readonly Pick<InputFile, "name" | "uri">[];
  readonly snapshot: Snapshot;
  /** A directory was named, and searched. */
  readonly searched: boolean;
  /** Something could not be read, or not as what it is; it was said. */
  readonly failed: boolean;
}

/** Where what is wrong with the input is told. */
type Place = Pick<Terminal, "cwd" | "err">;

/**
 * Reads the files that paths name, folders searched for files of ours by name. A file that is named
 * itself is recognised by its content when its name says nothing, or by `kind`. Links are resolved first,
 * and a file that has several names is read once, by the first.
 */
export function readInputs(paths: readonly string[], kind: FileKind | undefined, place: Place): Inputs {
  const inputs = collect(place);
  const seen = new Set<string>();
  const named = paths.map((name) => ({ name, path: resolve(place.cwd, name) }));
  const folders = named
    .filter(({ path }) => statOf(path)?.isDirectory())
    .map(({ path }) => realpathSync(path));
  for (const { name, path } of named) {
    const isFolder = statOf(path)?.isDirectory() === true;
    for (const entry of isFolder ? search(path, name, folders, inputs.fail) : [{ name, path }]) {
      const real = locate(entry.path);
      if ("id" in real && seen.has(real.id)) continue;
      if ("id" in real) seen.add(real.id);
      const read = "why" in real ? real : readText(real.path);
      inputs.add({ ...entry, ...real, named: entry.path }, read, isFolder ? undefined : kind);
    }
  }
  return inputs.all(folders.length > 0);
}

/** Takes in what is read one after the other, and tells what is wrong with it. */
export function collect({ cwd, err }: Place) {
  const files: InputFile[] = [];
  const large: Pick<InputFile, "name" | "uri">[] = [];
  let failed = false;
  const fail: Fail = (name, why) => {
    err(`${name}: ${why}\n`);
    failed = true;
  };
  /** `named` is the path by which it was named: it may say what the file is. */
  const add = (
    { name, path, named }: { name: string; path: string; named: string },
    read: Read,
    stated: FileKind | undefined,
  ) => {
    const uri = URI.file(path).toString();
    if (read === "large") {
      large.push({ name, uri });
      return;
    }
    if ("why" in read) {
      fail(name, read.why);
      return;
    }
    const kind = stated ?? kindOf(URI.file(named).toString(), read.text);
    if (kind === "unknown") {
      fail(name, "neither a Dockerfile nor a compose file; say which with --kind.");
      return;
    }
    const input = { name, path, ...read, uri, kind };
    files.push(input);
    for (const { span, message } of readFile(input, () => undefined)?.problems() ?? [])
      fail(`${name}:${lineNumber(read.text, span.start)}`, format(message));
  };
  const all = (searched: boolean): Inputs => {
    return { files, large, snapshot: openSnapshot(files, cwd), searched, failed };
  };
  return { add, fail, all };
}
