import { resolveUri } from "../../base/uri";
import type { YamlFile } from "../../yaml/document";
import type { Variables } from "./interpolate";

/** A file of a project. */
export interface ComposeFile extends YamlFile {
  readonly later: readonly ComposeFile[];
  /** The variables that its values are evaluated with; without them, defaults apply. */
  readonly variables?: Variables;
  /** The file from whose directory relative paths start, if that is another file (the first of several). */
  readonly base?: string;
}

/** The URI of a path in a file; undefined if the path is outside the files. */
export function uriIn({ uri, base }: ComposeFile, path: string): string | undefined {
  return resolveUri(base ?? uri, path);
}

/** The file and its documents, evaluated with the given variables. */
export function withVariables(file: ComposeFile, variables: Variables): ComposeFile {
  return { ...file, variables, later: file.later.map((each) => withVariables(each, variables)) };
}

/** The file and its documents, with paths relative to another file's directory. */
export function withBase(file: ComposeFile, base: string): ComposeFile {
  return { ...file, base, later: file.later.map((each) => withBase(each, base)) };
}
