import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { URI } from "vscode-uri";
import { type FileKind, kindOf, kindOfName } from "../../core/surfaces/files";
import type { Read } from "./read-text";

/** A file to lint. `name` is the path on the command line, or the named directory plus the path below it. */
export interface InputFile {
  readonly name: string;
  /** With links resolved. */
  readonly path: string;
  readonly uri: string;
  /** Without the byte order mark. */
  readonly text: string;
  readonly kind: FileKind;
  readonly bom: boolean;
}

/** A file to lint that has not been read yet. */
export interface NamedFile extends Pick<InputFile, "name" | "path" | "uri"> {
  /** The kind of the file. Reads the file if neither an option nor the name determines the kind. */
  kind(): FileKind;
  /** Reads the file; returns the same result each time. */
  read(): Read;
}

/**
 * A file called `name` at `path` (with links resolved) that was reached through `named`, a path whose name can
 * determine the kind. If it does not, `byContent` determines it.
 */
export function namedFile(
  { name, path, named }: { readonly name: string; readonly path: string; readonly named: string },
  stated: FileKind | undefined,
  read: () => Read,
  byContent: (uri: string, text: string) => FileKind = kindOf,
): NamedFile {
  const uri = URI.file(path).toString();
  const namedUri = named === path ? uri : URI.file(named).toString();
  const known = stated ?? kindOfName(namedUri);
  return { name, path, uri, kind: () => known ?? byContent(namedUri, textOf(read()) ?? ""), read };
}

/** The text that was read; undefined if there is none. */
export function textOf(read: Read): string | undefined {
  return read !== "large" && "text" in read ? read.text : undefined;
}

/** The name of a file that is not on the command line: its path relative to the working directory. */
export function nameFrom(cwd: string, uri: string): string {
  return relative(cwd, fileURLToPath(uri));
}
