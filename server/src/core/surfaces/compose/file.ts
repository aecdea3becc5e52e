import { resolveUri } from "../../base/uri";
import type { YamlFile } from "../../yaml/document";
import type { Variables } from "./interpolate";

/** A file of a project. */
export interface ComposeFile extends YamlFile {
  readonly later: readonly ComposeFile[];
  /** What its values are evaluated with; without them, defaults count. */
  readonly variables?: Variables;
  /** The file from whose directory relative paths start, where that is another one: the first of several. */
  readonly base?: string;
}

/** The URI of a path that a file writes; undefined for what leads out of the files. */
export function uriIn({ uri, base }: ComposeFile, path: string): string | undefined {
  return resolveUri(base ?? uri, path);
}

/** The same file and its documents, evaluated with these variables. */
export function withVariables(file: ComposeFile, variables: Variables): ComposeFile {
  return { ...file, variables, later: file.later.map((each) => withVariables(each, variables)) };
}

/** The same file and its documents, relative paths starting from another file's directory. */
export function withBase(file: ComposeFile, base: string): ComposeFile {
  return { ...file, base, later: file.later.map((each) => withBase(each, base)) };
}
