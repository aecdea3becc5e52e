import type { Node, YAMLMap } from "yaml";
import { readCapability } from "../../container/options";
import type { YamlFile } from "../../yaml/document";
import { isMap, isSeq, textOf } from "../../yaml/nodes";
import { textAt, valueAt } from "../../yaml/values";
import { readBoolean } from "../compose/items";

/** The specification of a pod in a document of a manifest. */
export interface PodFile {
  readonly file: YamlFile;
  readonly spec: YAMLMap;
  /** The mappings of the pod's containers. */
  readonly containers: readonly YAMLMap[];
  /** The containers that run before the others. */
  readonly earlier: readonly YAMLMap[];
  /** The names of the pod's annotations. */
  readonly annotations: readonly string[];
}

/** The path to the pod template in an object, by the kind of the object. */
const places: Readonly<Record<string, readonly string[]>> = {
  Pod: [],
  Deployment: ["spec", "template"],
  StatefulSet: ["spec", "template"],
  DaemonSet: ["spec", "template"],
  ReplicaSet: ["spec", "template"],
  Job: ["spec", "template"],
  CronJob: ["spec", "jobTemplate", "spec", "template"],
};

/** The pods of an object, or of all items if it is a List. An object without a kind overrides part of a Pod. */
export function podsIn(file: YamlFile, object: Node | null | undefined = file.root): PodFile[] {
  const kind = textAt(file, object, "kind") ?? "Pod";
  if (kind === "List")
    return mappingsAt(file, object, "items")
      .filter((item) => textAt(file, item, "kind") !== "List")
      .flatMap((item) => podsIn(file, item));
  const owner = Object.hasOwn(places, kind) ? valueAt(file, object, ...(places[kind] ?? [])) : undefined;
  const spec = valueAt(file, owner, "spec");
  if (!isMap(spec)) return [];
  const pod = {
    file,
    spec,
    containers: mappingsAt(file, spec, "containers"),
    earlier: mappingsAt(file, spec, "initContainers"),
    annotations: [...file.entries(valueAt(file, owner, "metadata", "annotations")).keys()],
  };
  return [pod];
}

/** The boolean at a path of keys. */
export function truthAt(file: YamlFile, node: unknown, ...path: readonly string[]): boolean | undefined {
  return readBoolean(textAt(file, node, ...path) ?? "");
}

/** The mappings among the items of the list at a key. */
export function mappingsAt(file: YamlFile, node: unknown, key: string): YAMLMap[] {
  const list = valueAt(file, node, key);
  return isSeq(list) ? (list.items as Node[]).map(file.resolve).filter((item) => isMap(item)) : [];
}

/** The item of a list that names a capability. */
export function capabilityIn(file: YamlFile, list: unknown, name: string): Node | undefined {
  const items = isSeq(list) ? (list.items as Node[]) : [];
  return items.find((item) => readCapability(textOf(file.resolve(item)) ?? "") === name);
}
