import type { Node } from "jsonc-parser";
import { type JsonFile, nodeAt } from "./json";

/**
 * Features whose metadata sets `init` (devcontainers/features, src/NAME/devcontainer-feature.json). One of these is enough:
 * `"init": false` of the file does not take it back (devcontainers/spec, docs/specs/image-metadata.md, Merge Logic).
 */
const withInit = new Set([
  "ghcr.io/devcontainers/features/desktop-lite",
  "ghcr.io/devcontainers/features/go",
]);

/** The name of a feature of the file that starts the engine's init; undefined where none is known to. */
export function initFeature(file: JsonFile): Node | undefined {
  const names = (nodeAt(file, "features")?.children ?? []).flatMap(({ children: [name] = [] }) => name ?? []);
  return names.find(({ value }) => withInit.has(String(value).replace(/[:@].*/s, "")));
}
