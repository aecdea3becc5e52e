import type { YAMLMap } from "yaml";
import { plainPath } from "../../container/mount";
import type { Mount, Tmpfs } from "../../container/spec";
import { textAt, valueAt } from "../../yaml/values";
import { mappingsAt, type PodFile, truthAt } from "./pod";

/** What a container mounts, and where this is written. */
export type PlacedMount = { readonly node: YAMLMap; readonly volume: string } & (
  | { readonly key: "tmpfs"; readonly value: Tmpfs }
  | { readonly key: "mounts"; readonly value: Mount }
);

/** The volumes of a pod, by name. */
export function volumesOf({ file, spec }: PodFile): ReadonlyMap<string, YAMLMap> {
  return new Map(mappingsAt(file, spec, "volumes").map((each) => [textAt(file, each, "name") ?? "", each]));
}

/**
 * The mounts of a container: an `emptyDir` in memory is a tmpfs, a `hostPath` is a bind mount, and anything else is a
 * volume.
 */
export function mountsOf(pod: PodFile, container: YAMLMap): PlacedMount[] {
  const { file } = pod;
  const volumes = volumesOf(pod);
  return mappingsAt(file, container, "volumeMounts").flatMap((node): PlacedMount[] => {
    const path = textAt(file, node, "mountPath");
    const volume = textAt(file, node, "name") ?? "";
    const from = volumes.get(volume);
    if (path === undefined) return [];
    const target = plainPath(path);
    if (textAt(file, from, "emptyDir", "medium") === "Memory")
      return [{ node, volume, key: "tmpfs", value: { path: target, options: [] } }];
    const source = textAt(file, from, "hostPath", "path");
    const isTemporary = valueAt(file, from, "emptyDir") !== undefined;
    const readOnly = truthAt(file, node, "readOnly") ?? false;
    const value: Mount =
      source === undefined
        ? { type: "volume", ...(!isTemporary && { source: volume }), target, readOnly }
        : { type: "bind", source, target, readOnly };
    return [{ node, volume, key: "mounts", value }];
  });
}
