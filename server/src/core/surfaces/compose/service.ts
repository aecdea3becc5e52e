import { isCollection, isMap, isScalar, isSeq, type Node, type YAMLMap } from "yaml";
import { type Budget, spend } from "../../base/limits";
import { plainPath } from "../../container/mount";
import { type ContainerSpec, identity, type ListKey, listKeys } from "../../container/spec";
import { type Entry, textOf } from "../../yaml/nodes";
import type { Dialect, Item, ItemReader, SingleKey } from "./dialect";
import type { ComposeFile } from "./file";
import { interpolate } from "./interpolate";
import { valueIn } from "./items";
import { type Layer, type Slot, slotsOf } from "./layers";

/** An item of a list and the node that sets it. */
export type PlacedItem = Item & { readonly slot: Slot; readonly node: Node };

/** A variable of the environment: an entry of a mapping, or an item `NAME=value` of a list. */
export interface PlacedVariable {
  readonly name: string;
  readonly value: string | undefined;
  readonly slot: Slot;
  readonly at: { readonly entry: Entry } | { readonly item: Node };
}

/** A service as the result of its layers: its spec, and where each part of it is written. */
export interface Service {
  readonly dialect: Dialect;
  readonly name: string;
  readonly layers: readonly Layer[];
  readonly spec: ContainerSpec;
  /** Every item that is written, including those that a later item with the same identity replaces. */
  readonly items: readonly PlacedItem[];
  readonly variables: readonly PlacedVariable[];
  /** The effective value of a single-valued key. */
  single(key: SingleKey): Slot | undefined;
}

/** The number of items that a service counts as, regardless of its content, because every rule is applied to it. */
const itemsOfService = 20;

/** Reads a service; undefined if its lists and mappings exceed the budget of the file. */
export function readService(
  dialect: Dialect,
  name: string,
  layers: readonly Layer[],
  budget: Budget,
): Service | undefined {
  const slots = [...Object.keys(dialect.items), dialect.environment].flatMap((key) => slotsOf(layers, key));
  const items = slots.reduce((sum, { node }) => sum + (isCollection(node) ? node.items.length : 1), 0);
  if (!spend(budget, itemsOfService + items)) return undefined;
  return serviceOf(dialect, name, layers);
}

/** Reads a service of any size. */
export function serviceOf(dialect: Dialect, name: string, layers: readonly Layer[]): Service {
  const listed = (key: string) => slotsOf(layers, key).slice(dialect.replaces ? -1 : 0);
  const items = Object.entries(dialect.items).flatMap(([key, read]) =>
    listed(key).flatMap((slot) => itemsIn(slot, key, read)),
  );
  const variables = listed(dialect.environment).flatMap(variablesIn);
  const single = (key: SingleKey) => {
    const field = dialect.singles[key];
    return field && slotsOf(layers, field.name).at(-1);
  };
  const environment = Object.fromEntries(variables.map(({ name, value }) => [name, value]));
  const values: Record<string, unknown> = {};
  for (const key of Object.keys(dialect.singles) as SingleKey[]) {
    const slot = single(key);
    const value = slot && dialect.singles[key]?.read(slot.file, slot.node);
    if (value !== undefined) values[key] = value;
  }
  for (const key of listKeys) values[key] = valuesOf(items, key);
  return {
    dialect,
    name,
    layers,
    items,
    variables,
    single,
    spec: { ...values, environment } as ContainerSpec,
  };
}

/** The values of a key. If several have the same identity, the last one applies, in the place of the first. */
function valuesOf(items: readonly PlacedItem[], key: ListKey): unknown[] {
  return [
    ...new Map(
      items.filter((item) => item.key === key).map((item) => [identity(item.value), item.value]),
    ).values(),
  ];
}

function itemsIn(slot: Slot, name: string, readItem: ItemReader): PlacedItem[] {
  const { file, node } = slot;
  if (isMap(node) && name === "tmpfs") return mountedIn(slot, node);
  const nodes = isSeq(node) ? (node.items as Node[]) : name === "tmpfs" && isScalar(node) ? [node] : [];
  return nodes.flatMap((item) => {
    const read = readItem(file, item);
    return read ? [{ ...read, slot, node: item }] : [];
  });
}

/** The entries of a `tmpfs` that is a mapping of paths to options, a form that some tools accept. */
function mountedIn(slot: Slot, map: YAMLMap): PlacedItem[] {
  return [...slot.file.entries(map)].map(([path, { pair }]) => {
    const options = (valueIn(slot.file, pair.value) ?? "").split(",").filter((option) => option !== "");
    return { key: "tmpfs", value: { path: plainPath(path), options }, slot, node: pair.key };
  });
}

/** The variables in a mapping, or in a list of `NAME=value`. */
export function variablesIn(slot: Slot): PlacedVariable[] {
  const { file, node } = slot;
  if (isMap(node)) {
    return [...file.entries(node)].map(([name, entry]) => {
      const value = valueIn(file, entry.pair.value) ?? variable(file, name);
      return { name, value, slot, at: { entry } };
    });
  }
  if (!isSeq(node)) return [];
  return (node.items as Node[]).flatMap((item) => {
    const text = textOf(file.resolve(item));
    if (text === undefined) return [];
    const equals = text.indexOf("=");
    const name = equals === -1 ? text : text.slice(0, equals);
    const value =
      equals === -1 ? variable(file, name) : interpolate(text.slice(equals + 1), file.variables).text;
    return [{ name, value, slot, at: { item } }];
  });
}

/** A variable without a value is passed on from the environment of compose. */
function variable({ variables }: ComposeFile, name: string): string | undefined {
  return variables?.values.get(name);
}
