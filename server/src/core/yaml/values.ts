import type { Node } from "yaml";
import type { YamlFile } from "./document";
import { textOf } from "./nodes";

/** The value at a path of keys, with aliases resolved. */
export function valueAt(file: YamlFile, node: unknown, ...path: readonly string[]): Node | undefined {
  return path.reduce<Node | undefined>(
    (at, key) => file.resolve(file.entries(at).get(key)?.pair.value),
    file.resolve(node),
  );
}

/** The string at a path of keys. */
export function textAt(file: YamlFile, node: unknown, ...path: readonly string[]): string | undefined {
  return textOf(valueAt(file, node, ...path));
}
