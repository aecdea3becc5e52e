import { type Alias, isAlias, isCollection, isMap, isSeq, type Node, type YAMLMap } from "yaml";
import type { Span } from "../base/text";
import { type Entry, nameOf, startOf } from "./nodes";

/** Why a text is not YAML, as a sentence, and where. */
export interface YamlError {
  readonly span: Span;
  readonly text: string;
}

/** The keys that a mapping gives twice, which YAML does not allow. */
export function repeatedKeys(text: string, map: YAMLMap): YamlError[] {
  const seen = new Set<string>();
  return (map.items as Entry["pair"][]).flatMap((pair) => {
    const name = nameOf(pair);
    if (name === undefined || !seen.has(name)) {
      if (name !== undefined) seen.add(name);
      return [];
    }
    const span = { start: startOf(pair.key), end: pair.key.range?.[1] ?? startOf(pair.key) };
    return [{ span, text: `The key ${text.slice(span.start, span.end)} is given twice.` }];
  });
}

function holds(node: Node, other: Node): boolean {
  return startOf(node) <= startOf(other) && startOf(other) < (node.range?.[1] ?? 0);
}

/** An undefined alias, or an alias inside its own target. */
export function badAlias(alias: Alias, target: Node | undefined): YamlError[] {
  if (target && !holds(target, alias)) return [];
  const start = startOf(alias);
  const why = target
    ? `The alias *${alias.source} is inside its own anchor.`
    : `There is no anchor &${alias.source} before this alias.`;
  return [{ span: { start, end: alias.range?.[1] ?? start }, text: why }];
}

/** The keys of a mapping that are mappings or lists. YAML has them, compose takes texts only. */
export function badKeys({ items }: YAMLMap, anchors: ReadonlyMap<string, Node>): YamlError[] {
  return (items as Entry["pair"][]).flatMap(({ key }) => {
    const target = isAlias(key) ? anchors.get(key.source) : key;
    if (!isCollection(target)) return [];
    const start = startOf(key);
    return [{ span: { start, end: key.range?.[1] ?? start }, text: "A key cannot be a mapping or a list." }];
  });
}

/** A merge key that merges something else than mappings. */
export function badMerge(key: Node, value: Node, anchors: ReadonlyMap<string, Node>): YamlError[] {
  const isMapping = (node: unknown) => {
    const target = isAlias(node) ? anchors.get(node.source) : node;
    return isMap(target) || (isAlias(node) && !target);
  };
  if (isMapping(value) || (isSeq(value) && value.items.every(isMapping))) return [];
  return [
    {
      span: { start: startOf(key), end: key.range?.[1] ?? startOf(key) },
      text: "The merge key << has no mapping.",
    },
  ];
}
