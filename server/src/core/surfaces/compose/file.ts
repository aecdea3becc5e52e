import type { YamlFile } from "../../yaml/document";
import type { Variables } from "./interpolate";

/** A file of a project. */
export interface ComposeFile extends YamlFile {
  readonly later: readonly ComposeFile[];
  /** What its values are evaluated with; without them, defaults count. */
  readonly variables?: Variables;
}

/** The same file and its documents, evaluated with these variables. */
export function withVariables(file: ComposeFile, variables: Variables): ComposeFile {
  return { ...file, variables, later: file.later.map((each) => withVariables(each, variables)) };
}
