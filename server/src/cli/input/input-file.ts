import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { URI } from "vscode-uri";
import { type FileKind, kindOf, kindOfName } from "../../core/surfaces/files";
import type { Read } from "./read-text";

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

/** A file to judge that is not read yet. */
export interface NamedFile extends Pick<InputFile, "name" | "path" | "uri"> {
  /** What it is; reads it where that is not stated and its name does not say it. */
  kind(): FileKind;
  /** Reads it; the same each time. */
  read(): Read;
}

/** A file that is called `name`, stands at `path` (without links) and was reached by `named`, which may say what it is. */
export function namedFile(
  { name, path, named }: { readonly name: string; readonly path: string; readonly named: string },
  stated: FileKind | undefined,
  read: () => Read,
): NamedFile {
  const uri = URI.file(path).toString();
  const namedUri = named === path ? uri : URI.file(named).toString();
  const known = stated ?? kindOfName(namedUri);
  return { name, path, uri, kind: () => known ?? kindOf(namedUri, textOf(read()) ?? ""), read };
}

/** The text that was read; undefined where there is none. */
export function textOf(read: Read): string | undefined {
  return read !== "large" && "text" in read ? read.text : undefined;
}

/** How a file is called that nobody named: its path from the working directory. */
export function nameFrom(cwd: string, uri: string): string {
  return relative(cwd, fileURLToPath(uri));
}
