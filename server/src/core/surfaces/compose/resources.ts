import { isCollection } from "yaml";
import type { ComposeFile } from "./file";
import { readBoolean, valueIn } from "./items";
import { projectName } from "./project-name";

type Kind = "volumes" | "networks";

/**
 * The name of a volume or network: its `name:` at the top level, or its key if it is `external`, otherwise
 * PROJECT_KEY.
 */
export function resourceName(files: readonly ComposeFile[], kind: Kind, key: string): string {
  const stated = entriesOf(files, kind, key)
    .flatMap(({ file, node }) => valueIn(file, file.entries(node).get("name")?.pair.value) ?? [])
    .at(-1);
  return stated ?? (isExternal(files, kind, key) ? key : `${projectName(files)}_${key}`);
}

/** Whether a volume or network exists independently of compose. */
export function isExternal(files: readonly ComposeFile[], kind: Kind, key: string): boolean {
  return entriesOf(files, kind, key).some(({ file, node }) => {
    const external = file.resolve(file.entries(node).get("external")?.pair.value);
    return (
      external !== undefined &&
      (isCollection(external) || readBoolean(valueIn(file, external) ?? "") === true)
    );
  });
}

function entriesOf(files: readonly ComposeFile[], kind: Kind, key: string) {
  return files.flatMap((file) => {
    const entry = file.entries(file.entries(file.root).get(kind)?.pair.value).get(key);
    return entry ? [{ file, node: entry.pair.value }] : [];
  });
}
