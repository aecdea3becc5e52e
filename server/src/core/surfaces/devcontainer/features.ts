import type { Node } from "jsonc-parser";
import type { Mount } from "../../container/spec";
import { type JsonFile, nodeAt } from "./json";

/** A setting that the metadata of a feature can turn on. */
type Setting = "init" | "privileged";

/**
 * The setting that features turn on (devcontainers/features, src/NAME/devcontainer-feature.json). One of them is
 * enough: `"init": false` in the file does not override it (devcontainers/spec, docs/specs/image-metadata.md, Merge
 * Logic).
 */
const settings = new Map<string, Setting>([
  ["ghcr.io/devcontainers/features/desktop-lite", "init"],
  ["ghcr.io/devcontainers/features/docker-in-docker", "privileged"],
  ["ghcr.io/devcontainers/features/go", "init"],
]);

/** The volume of the engine in the privileged container. */
const engineVolume: Mount = { type: "volume", target: "/var/lib/docker", readOnly: false };

/** The name of the first feature of the file that is known to turn on a setting; undefined if there is none. */
export function featureWith(file: JsonFile, setting: string): Node | undefined {
  const names = (nodeAt(file, "features")?.children ?? []).flatMap(({ children: [name] = [] }) => name ?? []);
  return names.find(({ value }) => settings.get(String(value).replace(/[:@].*/s, "")) === setting);
}

/** The volumes that the file's features mount. */
export function featureMounts(file: JsonFile): readonly Mount[] {
  return featureWith(file, "privileged") ? [engineVolume] : [];
}
