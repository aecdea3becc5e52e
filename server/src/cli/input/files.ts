import { realpathSync } from "node:fs";
import { resolve } from "node:path";
import { URI } from "vscode-uri";
import { format } from "../../core/base/message";
import type { Snapshot } from "../../core/base/snapshot";
import { type FileKind, kindOf, readFile } from "../../core/surfaces/files";
import type { Terminal } from "../terminal";
import type { InputFile } from "./input-file";
import { locate, readText, statOf } from "./read-text";
import { type Fail, search } from "./search";
import { openSnapshot } from "./snapshot";

export interface Inputs {
  readonly files: readonly InputFile[];
  /** Files that are too large to be linted. */
  readonly large: readonly Pick<InputFile, "name" | "uri">[];
  readonly snapshot: Snapshot;
  /** Something could not be read, or not as what it is; it was said. */
  readonly failed: boolean;
}

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
