import { isAlias, type Node, type Pair, type Scalar, type YAMLMap, type YAMLSeq } from "yaml";
import type { Edit, Span } from "../base/text";
import { itemEdits, keyEdits } from "./collection-edits";
import type { YamlFile } from "./document";
import { type Entry, nameOf } from "./nodes";
import { consistent } from "./places";
import { spanOf } from "./spans";
import { filledItems, filledKeys, listEdits, scalarEdit, valueEdits } from "./value-edits";
import type { Pairs, Value } from "./write";

/** A collection or scalar that is changed; for a mapping, also the key. */
export interface Touch {
  readonly node: Node;
  readonly key?: string;
}

/**
 * Changes to a YAML file as text edits, in the style of the surrounding lines; the rest of the file is not
 * reformatted. Each function is used at most once per node. If a change is not possible, `finish` returns undefined,
 * so a set of changes is applied completely or not at all.
 */
export interface YamlEditor {
  /** Replaces the value of a key, whatever it was. */
  setValue(entry: Entry, value: Value): void;
  /** Replaces the text of a scalar and keeps its quotes. */
  setScalar(node: Scalar, text: string): void;
  changeItems(seq: YAMLSeq, removed: ReadonlySet<Node>, added: readonly Value[]): void;
  /**
   * `inner`: whether the mapping is the value of a key, such as an environment, rather than the mapping that contains
   * the keys.
   */
  changeKeys(map: YAMLMap, removed: ReadonlySet<Pair>, added: Pairs, inner: boolean): void;
  /** Turns the single scalar of a key into a list, and adds items to it. */
  listFromScalar(entry: Entry, node: Scalar, added: readonly Value[]): void;
  /** Sets a list as the value of a key without one. */
  fillItems(entry: Entry, items: readonly Value[]): void;
  /** Sets a mapping as the value of a key without one. If there is an alias, it is merged into the mapping. */
  fillKeys(entry: Entry, pairs: Pairs): void;
  refuse(): void;
  /** The nodes that the changes affect. */
  readonly touched: readonly Touch[];
  finish(): readonly Edit[] | undefined;
}

export function editYaml(file: YamlFile): YamlEditor {
  const edits: Edit[] = [];
  const claims: Span[] = [];
  const touched: Touch[] = [];
  // The result of editing a file that is not valid YAML is unpredictable.
  let possible = file.errors.length === 0;
  const add = (found: readonly Edit[] | undefined) => {
    if (found) edits.push(...found);
    else possible = false;
  };
  // Two separate changes to one collection could together empty it, or fill what the other empties. So each claims
  // the key, except for the removal of one key of many, which is compatible with any other change.
  const claim = ({ pair }: Entry) => claims.push(spanOf(file, pair.key));
  const claimHolder = (node: Node) => {
    const holder = file.holder(node);
    if (holder) claim(holder);
  };
  const touch = ({ owner, pair }: Entry) => {
    touched.push({ node: owner, key: nameOf(pair) ?? "" });
    if (pair.value && !isAlias(pair.value) && file.isShared(pair.value)) touched.push({ node: pair.value });
  };
  const fill = (entry: Entry, found: readonly Edit[] | undefined) => {
    touch(entry);
    claim(entry);
    add(found);
  };

  return {
    setValue: (entry, value) => {
      touch(entry);
      add(valueEdits(file, entry, value));
    },
    setScalar: (node, by) => {
      touched.push({ node });
      add([scalarEdit(file, node, by)]);
    },
    changeItems: (seq, removed, added) => {
      touched.push({ node: seq });
      if (removed.size > 0 || added.length > 0) claimHolder(seq);
      add(itemEdits(file, seq, removed, added));
    },
    changeKeys: (map, removed, added, inner) => {
      const names = [...Array.from(removed, (pair) => nameOf(pair) ?? ""), ...added.map(([name]) => name)];
      touched.push(...names.map((key) => ({ node: map, key })));
      const isWhole = inner || map.flow || removed.size === map.items.length || added.length > 0;
      if (isWhole || file.isShared(map)) claimHolder(map);
      add(keyEdits(file, map, removed, added, inner));
    },
    listFromScalar: (entry, node, added) => fill(entry, listEdits(file, entry, node, added)),
    fillItems: (entry, items) => fill(entry, filledItems(file, entry, items)),
    fillKeys: (entry, pairs) => fill(entry, filledKeys(file, entry, pairs)),
    refuse: () => add(undefined),
    touched,
    finish: () => (possible ? consistent(file.text, edits, claims) : undefined),
  };
}
