import { type Alias, isAlias, isCollection, isMap, isSeq, type Node, type YAMLMap } from "yaml";
import { message } from "../base/message";
import type { Problem } from "../base/problem";
import { type Entry, nameOf, startOf } from "./nodes";

/** The keys that occur twice in a mapping, which YAML does not allow. */
export function repeatedKeys(text: string, map: YAMLMap): Problem[] {
  const seen = new Set<string>();
  return (map.items as Entry["pair"][]).flatMap((pair) => {
    const name = nameOf(pair);
    if (name === undefined || !seen.has(name)) {
      if (name !== undefined) seen.add(name);
      return [];
    }
    const span = { start: startOf(pair.key), end: pair.key.range?.[1] ?? startOf(pair.key) };
    const key = text.slice(span.start, span.end);
    return [{ span, message: message("yaml.repeated-key", "The key {key} is set twice.", { key }) }];
  });
}

function holds(node: Node, other: Node): boolean {
  return startOf(node) <= startOf(other) && startOf(other) < (node.range?.[1] ?? 0);
}

/** Reports an undefined alias, or an alias inside its own target. */
export function badAlias(alias: Alias, target: Node | undefined): Problem[] {
  if (target && !holds(target, alias)) return [];
  const start = startOf(alias);
  const name = alias.source;
  const why = target
    ? message("yaml.alias-in-anchor", "The alias *{name} is inside its own anchor.", { name })
    : message("yaml.no-anchor", "There is no anchor &{name} before this alias.", { name });
  return [{ span: { start, end: alias.range?.[1] ?? start }, message: why }];
}

/** The keys of a mapping that are mappings or lists. YAML allows them, but compose only accepts strings. */
export function badKeys({ items }: YAMLMap, anchors: ReadonlyMap<string, Node>): Problem[] {
  return (items as Entry["pair"][]).flatMap(({ key }) => {
    const target = isAlias(key) ? anchors.get(key.source) : key;
    if (!isCollection(target)) return [];
    const start = startOf(key);
    const why = message("yaml.collection-key", "A key cannot be a mapping or a list.");
    return [{ span: { start, end: key.range?.[1] ?? start }, message: why }];
  });
}

/** Reports a merge key whose value is not a mapping or a list of mappings. */
export function badMerge(key: Node, value: Node, anchors: ReadonlyMap<string, Node>): Problem[] {
  const isMapping = (node: unknown) => {
    const target = isAlias(node) ? anchors.get(node.source) : node;
    return isMap(target) || (isAlias(node) && !target);
  };
  if (isMapping(value) || (isSeq(value) && value.items.every(isMapping))) return [];
  const start = startOf(key);
  const why = message("yaml.merge", "The value of the merge key << is not a mapping.");
  return [{ span: { start, end: key.range?.[1] ?? start }, message: why }];
}
