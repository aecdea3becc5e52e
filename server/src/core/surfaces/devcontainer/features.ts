import type { Node } from "jsonc-parser";
import { type JsonFile, nodeAt } from "./json";

/**
 * Features whose metadata sets `init` (devcontainers/features, src/NAME/devcontainer-feature.json). One of them is
 * enough: `"init": false` in the file does not override it (devcontainers/spec, docs/specs/image-metadata.md, Merge
 * Logic).
 */
const withInit = new Set([
  "ghcr.io/devcontainers/features/desktop-lite",
  "ghcr.io/devcontainers/features/go",
]);

/** The name of the first feature of the file that is known to start the engine's init; undefined if there is none. */
export function initFeature(file: JsonFile): Node | undefined {
  const names = (nodeAt(file, "features")?.children ?? []).flatMap(({ children: [name] = [] }) => name ?? []);
  return names.find(({ value }) => withInit.has(String(value).replace(/[:@].*/s, "")));
}
