import { isMap, isScalar, isSeq, type Node, type YAMLMap } from "yaml";
import { type Budget, spend } from "../base/limits";
import { type Entry, nameOf } from "./nodes";

/**
 * The entries of a mapping by name: `first` contains those that apply, and `all` contains all of them in lookup
 * order.
 */
export interface Mapping {
  /** The mapping and those that it merges; earlier ones take precedence. */
  readonly sources: ReadonlySet<YAMLMap>;
  readonly first: ReadonlyMap<string, Entry>;
  readonly all: ReadonlyMap<string, readonly Entry[]>;
}

/** A mapping's own entries, followed by those of the mappings it merges, each once, within the budget of the file. */
export function flatten(
  root: YAMLMap,
  resolve: (node: unknown) => Node | undefined,
  budget: Budget,
): Mapping {
  const first = new Map<string, Entry>();
  const all = new Map<string, Entry[]>();
  const seen = new Set<YAMLMap>([root]);
  const open = [root];
  const sources = new Set<YAMLMap>();
  for (let owner = open.pop(); owner; owner = open.pop()) {
    sources.add(owner);
    const own = new Map<string, Entry[]>();
    const merged: YAMLMap[] = [];
    for (const pair of owner.items as Entry["pair"][]) {
      const name = nameOf(pair);
      if (name === undefined) continue;
      if (!isMergeKey(pair.key)) {
        const same = own.get(name);
        if (same) same.push({ owner, pair });
        else own.set(name, [{ owner, pair }]);
        continue;
      }
      const value = resolve(pair.value);
      for (const source of isSeq(value) ? value.items.map(resolve) : [value]) {
        if (!isMap(source) || seen.has(source) || !spend(budget, source.items.length)) continue;
        seen.add(source);
        merged.push(source);
      }
    }
    for (const [name, entries] of own) {
      entries.reverse();
      const others = all.get(name);
      if (!others) first.set(name, entries[0] as Entry);
      if (others) others.push(...entries);
      else all.set(name, entries);
    }
    open.push(...merged.reverse());
  }
  return { sources, first, all };
}

/** Whether a key merges other mappings into its own. */
export function isMergeKey(key: Node): boolean {
  return isScalar(key) && key.type === "PLAIN" && (key.value === "<<" || typeof key.value === "symbol");
}
