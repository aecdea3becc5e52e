import { isSeq, type Node } from "yaml";
import { mostExpanded } from "../../base/limits";
import type { VariableFile } from "../../container/source";
import { spanOf } from "../../yaml/spans";
import { readEnvironment } from "./dotenv";
import { type ComposeFile, uriIn } from "./file";
import { valueIn } from "./items";
import { type Layer, type Slot, slotsOf } from "./layers";

/** A file that `env_file` names. */
interface Named {
  readonly path: string;
  readonly file: ComposeFile;
  readonly node: Node;
}

/** The files that `env_file` names: a single path, or a list of paths and of mappings with `path`. */
export function namedFiles({ file, node }: Slot): Named[] {
  const items = isSeq(node) ? (node.items as Node[]) : node ? [node] : [];
  return items.flatMap((item) => {
    const path = valueIn(file, item) ?? valueIn(file, file.entries(item).get("path")?.pair.value);
    return path === undefined ? [] : [{ path, file, node: item }];
  });
}

/** The variable files of a service; `file` is the Compose file that is read. */
export function variableFilesIn(file: ComposeFile, layers: readonly Layer[]): VariableFile[] {
  return slotsOf(layers, "env_file")
    .flatMap(namedFiles)
    .flatMap(({ path, file: naming, node }) => {
      const uri = uriIn(naming, path);
      const span = naming.uri === file.uri ? spanOf(naming, node) : undefined;
      return uri === undefined ? [] : [{ uri, span, namesIn }];
    });
}

function namesIn(text: string): readonly string[] {
  const values = readEnvironment(text, new Map(), { left: mostExpanded });
  return typeof values === "number" ? [] : [...values.keys()];
}
