import { isMap, type Node, type Pair } from "yaml";
import { grouped } from "../../base/grouped";
import type { YamlFile } from "../../yaml/document";
import type { Touch } from "../../yaml/edit";
import { isMergeKey } from "../../yaml/merge";
import { type Entry, nameOf } from "../../yaml/nodes";
import type { Service } from "./service";

/**
 * Returns the names of the services in a file that an edit affects; equal lists are the same array. Undefined if one
 * of the services also sets the value under another key, which the edit does not cover.
 */
export type Sharing = (touched: readonly Touch[]) => readonly string[] | undefined;

/**
 * Determines what services have in common. A service includes what is in its body, what its body merges or refers to
 * by alias, and what the service extends. Each result is computed once.
 */
export function sharingOf(file: YamlFile, services: readonly Service[]): Sharing {
  let users: ReadonlyMap<Pair, readonly Service[]> | undefined;
  const known = new Map<Node, Map<string | undefined, readonly string[] | undefined>>();
  const arrays = new Map<string, readonly string[]>();

  const sameArray = (names: Iterable<string>): readonly string[] => {
    const array = [...new Set(names)];
    const id = JSON.stringify(array);
    const same = arrays.get(id) ?? array;
    arrays.set(id, same);
    return same;
  };
  const usersOf = (pair: Pair | undefined): readonly Service[] => {
    users ??= layerUsers(services);
    return (pair && users.get(pair)) ?? [];
  };
  const saying = (touch: Touch): readonly string[] | undefined => {
    const names = namesOf(usersOf(entryOf(file, touch)?.pair));
    const above = nodesAbove(file, touch.node);
    const keys = new Set<string>();
    const held = touch.key === undefined ? keyTouches(above) : [touch];
    for (const node of above) {
      const entry = file.holder(node);
      const saying = usersOf(entry?.pair);
      if (!entry || saying.length === 0) continue;
      for (const key of keysWith(node, above)) keys.add(key);
      if (isPlain(file, node, touch) && keys.size > 0) return undefined;
      names.push(...namesOf(saying.filter((service) => saysAny(file, service, entry.pair, held))));
    }
    return keys.size > 1 ? undefined : sameArray(names);
  };
  const one = (touch: Touch): readonly string[] | undefined => {
    const byKey = known.get(touch.node) ?? new Map<string | undefined, readonly string[] | undefined>();
    known.set(touch.node, byKey);
    if (!byKey.has(touch.key)) byKey.set(touch.key, saying(touch));
    return byKey.get(touch.key);
  };
  return (touched) => {
    const [first = [], ...others] = new Set(touched.map(one));
    if (touched.some((touch) => one(touch) === undefined)) return undefined;
    return others.length === 0 ? first : sameArray([...first, ...others.flatMap((names) => names ?? [])]);
  };
}

/** Whether each part of an edit affects the same services, so that none loses a value without what replaces it. */
export function isEven(touched: readonly Touch[], runs: readonly string[], sharing: Sharing): boolean {
  return touched.every((touch) => sharing([touch])?.length === runs.length);
}

function namesOf(services: readonly Service[]): string[] {
  return services.map(({ name }) => name);
}

function entryOf(file: YamlFile, { node, key }: Touch): Entry | undefined {
  return key === undefined ? undefined : file.entries(node).get(key);
}

/** The keys of a body whose value is one of the nodes; merge keys do not count. */
function keysWith(body: Node, nodes: ReadonlySet<Node>): string[] {
  if (!isMap(body)) return [];
  return (body.items as Entry["pair"][])
    .filter(({ key, value }) => value && nodes.has(value) && !isMergeKey(key))
    .map((pair) => nameOf(pair) ?? "");
}

/** The keys that contain one of the nodes. */
function keyTouches(nodes: ReadonlySet<Node>): Touch[] {
  return [...nodes].flatMap((node) => keysWith(node, nodes).map((key) => ({ node, key })));
}

/** Whether the edited value is a direct key of a body rather than something inside the value of a key. */
function isPlain(file: YamlFile, body: Node, { node, key }: Touch): boolean {
  return key !== undefined && [...file.sources(body)].includes(node);
}

/** For each entry of a service, the services that have it as a layer. */
function layerUsers(services: readonly Service[]): ReadonlyMap<Pair, readonly Service[]> {
  const layers = services.flatMap((service) =>
    service.layers.map(({ entry }) => ({ pair: entry.pair, service })),
  );
  const users = grouped(layers, ({ pair }) => pair);
  return new Map([...users].map(([pair, of]) => [pair, of.map(({ service }) => service)]));
}

/** A node and its ancestors, including those through aliases. The bodies of services are among them. */
function nodesAbove(file: YamlFile, node: Node): ReadonlySet<Node> {
  const seen = new Set<Node>([node]);
  for (const each of seen) {
    const parent = file.parent(each);
    if (parent) seen.add(parent);
    for (const alias of file.aliases(each)) seen.add(alias);
  }
  return seen;
}

/** Whether a service includes one of the keys that contain a value. */
function saysAny(file: YamlFile, service: Service, pair: Entry["pair"], held: readonly Touch[]): boolean {
  const sources = file.sources(pair.value);
  const own = held.filter(({ node }) => sources.has(node));
  return own.length === 0 || own.some((touch) => saysStill(file, service, pair, touch));
}

/** Whether nothing in a service overrides the key that is edited. */
function saysStill(file: YamlFile, service: Service, pair: Pair, { node, key }: Touch): boolean {
  if (key === undefined || !isMap(node)) return true;
  const at = service.layers.findIndex(({ entry }) => entry.pair === pair);
  const sources = [...file.sources(pair.value)];
  if (!sources.includes(node)) return true;
  const owner = file.entries(pair.value).get(key)?.owner;
  if (owner && sources.indexOf(owner) < sources.indexOf(node)) return false;
  const over = service.layers.slice(at + 1);
  const isSingle = Object.values(service.dialect.singles).some((field) => field.name === key);
  return !isSingle || !over.some((each) => each.file.entries(each.entry.pair.value).has(key));
}
