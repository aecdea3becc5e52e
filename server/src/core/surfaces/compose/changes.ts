import type { Node, Pair, YAMLMap, YAMLSeq } from "yaml";
import type { YamlFile } from "../../yaml/document";
import type { Touch, YamlEditor } from "../../yaml/edit";
import { type Entry, isMap, nameOf } from "../../yaml/nodes";
import type { Value } from "../../yaml/write";
import { type Layer, layerOf, type Slot, slotsOf } from "./layers";
import type { Service } from "./service";

/** The changes to the collections of a service, which are collected before anything is written. */
export interface Changes {
  readonly file: YamlFile;
  readonly editor: YamlEditor;
  readonly service: Service;
  readonly own: Layer;
  /** What new keys and items are added to: the service, or a fragment that it shares with others. */
  readonly place: Layer;
  /** Only what the service itself sets may change, not a fragment or a service that it extends. */
  readonly alone: boolean;
  readonly items: Map<YAMLSeq, { entry: Entry; removed: Set<Node>; added: Value[] }>;
  readonly keys: Map<YAMLMap, { entry: Entry | undefined; removed: Set<Pair>; added: [string, Value][] }>;
  /** Values of keys that are not set yet. */
  readonly newValues: Map<string, Value>;
  readonly newItems: Map<string, Value[]>;
  readonly newVariables: [string, Value][];
}

/** Whether an entry is written in the service's own body. */
function isOwn({ file, own }: Changes, { owner, pair }: Entry): boolean {
  return owner === own.entry.pair.value && file.resolve(pair.value) === (pair.value ?? undefined);
}

/** Whether a later layer overrides a value, so that the service itself cannot set it. */
export function isOverridden({ service, own }: Changes, { entry }: Slot): boolean {
  return service.layers.slice(service.layers.indexOf(own) + 1).some((layer) => holds(layer, entry));
}

/** Whether an entry must be left unchanged because others may share it. */
export function isForeign(changes: Changes, entry: Entry): boolean {
  return changes.alone && !isOwn(changes, entry);
}

/** Removes a key from everywhere a layer sets it, including the places from which a merge would restore it. */
export function removeKey(changes: Changes, slot: Slot) {
  if (slot.file !== changes.file) return changes.editor.refuse();
  const layer = changes.service.layers.find((each) => holds(each, slot.entry));
  const name = nameOf(slot.entry.pair) ?? "";
  for (const entry of layer ? layer.file.occurrences(layer.entry.pair.value, name) : []) {
    if (isForeign(changes, entry)) changes.editor.refuse();
    takeKey(changes, entry);
  }
}

export function holds({ file, entry }: Layer, { owner, pair }: Entry): boolean {
  const name = nameOf(pair) ?? "";
  return file.occurrences(entry.pair.value, name).some((each) => each.owner === owner && each.pair === pair);
}

export function takeKey(changes: Changes, { owner, pair }: Entry) {
  keysOf(changes, owner, undefined).removed.add(pair);
}

export function keysOf({ keys }: Changes, map: YAMLMap, entry: Entry | undefined) {
  const found = keys.get(map) ?? { entry, removed: new Set<Pair>(), added: [] };
  keys.set(map, found);
  return found;
}

export function itemsOf({ items }: Changes, seq: YAMLSeq, entry: Entry) {
  const found = items.get(seq) ?? { entry, removed: new Set<Node>(), added: [] };
  items.set(seq, found);
  return found;
}

/** What the place of new keys sets for a key, including what it merges. */
export function placeSlot({ place }: Changes, name: string): Slot | undefined {
  return slotsOf([place], name)[0];
}

/** The other mappings of the service in which something is edited, if their lists are added to its own. */
export function fragmentsIn(touched: readonly Touch[], { dialect, layers }: Service, own: Layer): Layer[] {
  if (dialect.replaces) return [];
  const bodies = new Set(layers.flatMap(({ file, entry }) => [...file.sources(entry.pair.value)]));
  bodies.delete(own.entry.pair.value as Node);
  const above = (node: Node | undefined): Node | undefined =>
    node && !bodies.has(node) ? above(own.file.parent(node)) : node;
  const fragments = new Set(touched.flatMap(({ node }) => above(node) ?? []));
  return [...fragments].filter(isMap).map((fragment) => layerOf(own.file, fragment));
}
