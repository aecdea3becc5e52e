import { isMap, isScalar, isSeq, type Node, type Scalar } from "yaml";
import { grouped } from "../../base/grouped";
import type { Edit } from "../../base/text";
import type { SourceChange } from "../../container/source";
import { type ContainerSpec, identity, type ListKey, listKeys } from "../../container/spec";
import type { YamlFile } from "../../yaml/document";
import { editYaml, type Touch } from "../../yaml/edit";
import { type Entry, isNull, nameOf } from "../../yaml/nodes";
import { flow, Raw, type Value } from "../../yaml/write";
import {
  type Changes,
  fragmentsIn,
  holds,
  isForeign,
  isOverridden,
  itemsOf,
  keysOf,
  placeSlot,
  removeKey,
  takeKey,
} from "./changes";
import { type Dialect, type Item, keysWithOne } from "./dialect";
import { subject } from "./fields";
import type { Layer, Slot } from "./layers";
import { writeItem, writeVariable } from "./render";
import type { PlacedItem, PlacedVariable, Service } from "./service";
import { isEven, type Sharing } from "./sharing";
import { changeSingle } from "./single-edits";
import { listsVariables } from "./variable-style";

/**
 * The ways to make a service match `target`. If no other service is affected, a value is changed in place, even if it
 * is in a fragment that the service merges. Otherwise the service itself sets the value if possible, and the change
 * in place comes second. What replaces a value of a fragment is added to that fragment. `more` are keys to add as well,
 * for settings that a spec does not have.
 */
export function serviceChanges(
  file: YamlFile,
  service: Service,
  own: Layer,
  target: ContainerSpec,
  sharing: Sharing,
  more: Iterable<readonly [key: string, value: Value]> = [],
): SourceChange[] {
  const edit = (alone: boolean, place: Layer) =>
    editService({ file, service, own, place, alone, more }, target);
  const change = (edited: ReturnType<typeof edit>): SourceChange[] => {
    const runs = edited && sharing(edited.touched);
    if (!runs || (edited.adds && runs.length > 1 && !isEven(edited.touched, runs, sharing))) return [];
    return [{ edits: edited.edits, runs: runs.length > 0 ? runs : [service.name] }];
  };
  const isAlone = ({ runs }: SourceChange) => runs.length === 1;
  const there = edit(false, own);
  const direct = change(there);
  const inFragment = () =>
    fragmentsIn(there?.touched ?? [], service, own).flatMap((place) => change(edit(false, place)));
  const [inPlace] = direct.length > 0 ? direct : inFragment();
  if (inPlace && isAlone(inPlace)) return [inPlace];
  return [...change(edit(true, own)).filter(isAlone), ...(inPlace ? [inPlace] : [])];
}

/** Undefined if the file cannot express `target` or if a value is in another file. */
function editService(
  {
    more,
    ...of
  }: Pick<Changes, "file" | "service" | "own" | "place" | "alone"> & {
    more: Iterable<readonly [string, Value]>;
  },
  target: ContainerSpec,
): { edits: readonly Edit[]; touched: readonly Touch[]; adds: boolean } | undefined {
  const { file, service } = of;
  const editor = editYaml(file);
  const changes: Changes = {
    ...of,
    editor,
    items: new Map(),
    keys: new Map(),
    newValues: new Map(more),
    newItems: new Map(),
    newVariables: [],
  };
  const keys = keysWithOne(service.dialect, { ...service.spec, ...target });
  for (const key of keys) changeSingle(changes, key, target);
  changeEnvironment(changes, target);
  for (const key of listKeys) changeList(changes, key, target);
  const { newValues, newItems, newVariables } = changes;
  const into = [...changes.items.values(), ...changes.keys.values()];
  const adds =
    newValues.size + newItems.size + newVariables.length > 0 || into.some(({ added }) => added.length > 0);
  write(changes);
  const edits = editor.finish();
  return edits && { edits, touched: editor.touched, adds };
}

function changeEnvironment(changes: Changes, target: ContainerSpec) {
  const { service, editor } = changes;
  const old = service.spec.environment;
  for (const [name, value] of Object.entries(target.environment)) {
    if (Object.hasOwn(old, name) && old[name] === value) continue;
    const placed = service.variables.findLast((variable) => variable.name === name);
    if (placed && isOverridden(changes, placed.slot)) editor.refuse();
    if (placed && !isForeignVariable(changes, placed)) setVariable(changes, placed, value);
    else addVariable(changes, name, value);
  }
  for (const variable of service.variables) {
    if (Object.hasOwn(target.environment, variable.name)) continue;
    if (variable.slot.file !== changes.file || isForeignVariable(changes, variable)) editor.refuse();
    else if ("item" in variable.at) takeItem(changes, variable.slot, variable.at.item);
    else {
      for (const entry of changes.file.occurrences(variable.slot.node, variable.name)) {
        if (changes.alone && entry.owner !== variable.slot.node) editor.refuse();
        keysOf(changes, entry.owner, variable.slot.entry).removed.add(entry.pair);
      }
    }
  }
}

function isForeignVariable(changes: Changes, { slot, at }: PlacedVariable): boolean {
  if (isForeign(changes, slot.entry)) return true;
  return changes.alone && "entry" in at && at.entry.owner !== slot.node;
}

function setVariable(
  { file, editor, service: { dialect } }: Changes,
  { name, slot, at }: PlacedVariable,
  value: string | undefined,
) {
  if (slot.file !== file) return editor.refuse();
  if ("entry" in at) return editor.setValue(at.entry, writeVariable(dialect, value));
  if (!isScalar(at.item)) return editor.refuse();
  editor.setScalar(at.item, assignment(dialect, name, value));
}

function addVariable(changes: Changes, name: string, value: string | undefined) {
  const { dialect } = changes.service;
  const slot = placeSlot(changes, dialect.environment);
  if (slot && changes.alone && slot.entry.owner !== changes.own.entry.pair.value) changes.editor.refuse();
  if (!slot || isNull(slot.node) || (isForeign(changes, slot.entry) && isMap(slot.node))) {
    changes.newVariables.push([name, writeVariable(dialect, value)]);
  } else if (isMap(slot.node)) {
    keysOf(changes, slot.node, slot.entry).added.push([name, writeVariable(dialect, value)]);
  } else if (isSeq(slot.node)) {
    itemsOf(changes, slot.node, slot.entry).added.push(assignment(dialect, name, value));
  } else changes.editor.refuse();
}

function assignment(dialect: Dialect, name: string, value: string | undefined): string {
  return value === undefined ? name : `${name}=${dialect.escape(value)}`;
}

function changeList(changes: Changes, key: ListKey, target: ContainerSpec) {
  const { service, editor, file } = changes;
  const olds = service.spec[key] as readonly unknown[];
  const news = target[key] as readonly unknown[];
  if (olds === news) return;
  const added = without(news, olds).map((value) => ({ key, value }) as Item);
  const removed = without(olds, news);
  if (added.length === 0 && removed.length === 0) return;
  const byIdentity = grouped(
    service.items.filter((each) => each.key === key),
    (each) => identity(each.value),
  );
  for (const value of removed) {
    const placed = byIdentity.get(identity(value)) ?? [];
    if (placed.some(({ slot }) => slot.file !== file || isForeign(changes, slot.entry)))
      return editor.refuse();
    if (placed.length === 1 && replaceItem(changes, placed[0] as PlacedItem, added)) continue;
    for (const { slot, node } of placed) takeItem(changes, slot, node);
  }
  for (const item of added) addItem(changes, key, writeItem(service.dialect, key, item.value));
}

/** The items of a list that another list does not contain. */
function without(items: readonly unknown[], others: readonly unknown[]): unknown[] {
  const held = new Set(others.map((item) => JSON.stringify(item)));
  return items.filter((item) => !held.has(JSON.stringify(item)));
}

/** Replaces a removed item with an added one that has the same subject, which is removed from `added`. */
function replaceItem(
  { editor, service: { dialect } }: Changes,
  { key, slot, node, ...item }: PlacedItem,
  added: Item[],
): boolean {
  if (!isScalar(node) || nameOf(slot.entry.pair) !== dialect.lists[key]?.name) return false;
  const old = subject({ key, ...item } as Item);
  const index = added.findIndex((other) => subject(other) === old);
  const text = index === -1 ? undefined : writeItem(dialect, key, added[index]?.value);
  if (typeof text !== "string") return false;
  added.splice(index, 1);
  editor.setScalar(node, text);
  return true;
}

function takeItem(changes: Changes, slot: Slot, node: Node) {
  if (isSeq(slot.node)) itemsOf(changes, slot.node, slot.entry).removed.add(node);
  else if (isMap(slot.node)) changes.editor.refuse();
  else removeKey(changes, slot);
}

function addItem(changes: Changes, key: ListKey, value: Value | undefined) {
  const name = changes.service.dialect.lists[key]?.name;
  if (name === undefined || value === undefined) return changes.editor.refuse();
  const slot = placeSlot(changes, name);
  if (slot && isForeign(changes, slot.entry)) return changes.editor.refuse();
  if (slot && isSeq(slot.node)) {
    itemsOf(changes, slot.node, slot.entry).added.push(value);
  } else if (!slot || isNull(slot.node) || (key === "tmpfs" && isScalar(slot.node))) {
    const items = changes.newItems.get(name) ?? [];
    items.push(value);
    changes.newItems.set(name, items);
  } else changes.editor.refuse();
}

/**
 * Writes the collected changes: lists first, because the key of an emptied list is removed too, then mappings, then
 * new keys.
 */
function write(changes: Changes) {
  const { editor, place, file } = changes;
  for (const [seq, { entry, removed, added }] of changes.items) {
    if (removed.size === seq.items.length && added.length === 0 && mayGo(changes, entry))
      takeKey(changes, entry);
    else editor.changeItems(seq, removed, added);
  }
  for (const [map, { entry, removed, added }] of [...changes.keys]) {
    if (!entry) continue;
    changes.keys.delete(map);
    if (removed.size === map.items.length && added.length === 0 && mayGo(changes, entry))
      takeKey(changes, entry);
    else editor.changeKeys(map, removed, added, true);
  }
  const pairs = [...changes.newValues, ...newVariables(changes), ...newItems(changes)];
  const body = file.resolve(place.entry.pair.value);
  const counts = (entry: Entry) => !changes.alone || entry.owner === body;
  if (pairs.some(([name]) => file.occurrences(body, name).some(counts))) editor.refuse();
  if (pairs.length > 0) {
    if (isMap(body) && place.entry.pair.value === body) keysOf(changes, body, undefined).added.push(...pairs);
    else if (isMap(body) || isNull(place.entry.pair.value)) editor.fillKeys(place.entry, pairs);
    else editor.refuse();
  }
  for (const [map, { removed, added }] of changes.keys) editor.changeKeys(map, removed, added, false);
}

/**
 * Whether the key of an emptied list or mapping can be removed. It cannot if others use it or if it hides another
 * key.
 */
function mayGo({ file, service }: Changes, { owner, pair }: Entry): boolean {
  const value = pair.value as Node;
  if (file.resolve(value) !== value || file.isShared(value)) return false;
  const layer = service.layers.find((each) => holds(each, { owner, pair }));
  const name = nameOf(pair) ?? "";
  return layer !== undefined && file.occurrences(layer.entry.pair.value, name).length === 1;
}

/** The keys that new variables need; none if the key exists and has no value yet. */
function newVariables(changes: Changes): [string, Value][] {
  const { newVariables: variables, editor, file } = changes;
  if (variables.length === 0) return [];
  const { environment, listsVariables: isList } = changes.service.dialect;
  const slot = placeSlot(changes, environment);
  if (!slot && (isList || listsVariables(file)))
    return [[environment, variables.map(([name, value]) => (value === null ? name : `${name}=${value}`))]];
  if (!slot) return [[environment, Object.fromEntries(variables)]];
  if (slot.file === file) editor.fillKeys(slot.entry, variables);
  else editor.refuse();
  return [];
}

function newItems(changes: Changes): [string, Value][] {
  const { editor, file } = changes;
  return [...changes.newItems].flatMap(([name, items]): [string, Value][] => {
    const slot = placeSlot(changes, name);
    if (!slot) return [[name, items]];
    if (slot.file !== file) editor.refuse();
    else if (isScalar(slot.node) && !isNull(slot.node)) addToScalar(changes, slot.entry, slot.node, items);
    else editor.fillItems(slot.entry, items);
    return [];
  });
}

function addToScalar({ editor, keys }: Changes, entry: Entry, node: Scalar, items: readonly Value[]) {
  const removed = keys.get(entry.owner)?.removed;
  if (!removed?.has(entry.pair)) return editor.listFromScalar(entry, node, items);
  // The only item is removed while others are added, so they replace it.
  removed.delete(entry.pair);
  const [only] = items;
  if (items.length === 1 && typeof only === "string") editor.setScalar(node, only);
  else editor.setValue(entry, new Raw(flow(items)));
}
