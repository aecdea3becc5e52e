import {
  isAlias,
  isCollection,
  isScalar,
  type Node,
  type Pair,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from "yaml";
import type { Edit, Span } from "../base/text";
import type { YamlFile } from "./document";
import { flowEdits } from "./flow";
import { columnOf, type Entry, isEmpty, isNull, nameOf, pairStart, startOf } from "./nodes";
import { consistent, insertAtLineEnd, insertOnNextLine, lineEnd } from "./places";
import { removalEdits } from "./removal";
import { dashes, endOf, headerEnd, isImplicit, itemEnd, pairEnd, spanOf, valueStart } from "./spans";
import { commonQuote, hasType, holdsShared, isInFlow, jsonQuote, quoteOf, stepOf } from "./style";
import { flow, itemLines, lineOf, pairLines, scalar, type Value } from "./write";

/** A collection or scalar that is changed; for a mapping, also the key. */
export interface Touch {
  readonly node: Node;
  readonly key?: string;
}

type Pairs = readonly (readonly [key: string, value: Value])[];

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
  const { text } = file;
  const edits: Edit[] = [];
  const claims: Span[] = [];
  const touched: Touch[] = [];
  // The result of editing a file that is not valid YAML is unpredictable.
  let possible = file.errors.length === 0;
  const refuse = () => {
    possible = false;
  };
  const replace = (start: number, end: number, by: string) => {
    edits.push({ span: { start, end }, text: by });
  };
  const offsetOf = (map: YAMLMap) => file.sequenceOffset ?? stepOf(file, map);
  const indentOf = (map: YAMLMap) => ({ keys: stepOf(file, map), dashes: offsetOf(map) });
  // Two separate changes to one collection could together empty it, or fill what the other empties. So each claims
  // the key, except for the removal of one key of many, which is compatible with any other change.
  const claim = (node: Node) => {
    const holder = file.holder(node);
    if (holder) claims.push(spanOf(file, holder.pair.key));
  };

  const touchEntry = ({ owner, pair }: Entry) => {
    touched.push({ node: owner, key: nameOf(pair) ?? "" });
    if (pair.value && !isAlias(pair.value) && file.isShared(pair.value)) touched.push({ node: pair.value });
  };

  function setValue(entry: Entry, value: Value) {
    const { owner, pair } = entry;
    const old = pair.value;
    touchEntry(entry);
    const quote = isScalar(old) && typeof value === "string" ? quoteOf(old) : undefined;
    const inFlow = isInFlow(file, owner);
    const said = inFlow ? flow(value, quote ?? jsonQuote(owner)) : lineOf(value, quote);
    const header = headerEnd(entry, file);
    if (!isImplicit(pair)) return refuse();
    if (!old || isEmpty(old)) return replace(header, header, ` ${said}`);
    const end = endOf(file, old);
    if (isScalar(old) && hasType(old)) {
      if (file.isShared(old)) return refuse();
      return replace(valueStart(pair) ?? startOf(old), end, said);
    }
    if (!isCollection(old) || old.flow) return replace(startOf(old), end, said);
    replace(header, header, ` ${said}`);
    replace(lineEnd(text, header), end, "");
  }

  function changeItems(seq: YAMLSeq, removed: ReadonlySet<Node>, added: readonly Value[]) {
    const items = seq.items as Node[];
    touched.push({ node: seq });
    if ([...removed].some((node) => holdsShared(file, node))) return refuse();
    if (removed.size > 0 || added.length > 0) claim(seq);
    if (removed.size === items.length && added.length === 0) return empty(seq, "[]");
    const quote = commonQuote(items);
    if (seq.flow)
      return changeFlow(
        seq,
        items.map((item) => removed.has(item)),
        added.map((value) => flow(value, quote)),
      );
    const marks = dashes(seq);
    const first = marks[0];
    if (marks.length !== items.length || first === undefined) return refuse();
    removeEntries(
      seq,
      items.map((item) => removed.has(item)),
    );
    const lines = added.flatMap((value) => itemLines(value, columnOf(text, first), quote));
    if (lines.length === 0) return;
    const kept = items.findLastIndex((item) => !removed.has(item));
    insertInside(seq, kept === -1 ? undefined : itemEnd(file, seq, kept), lines);
  }

  function changeKeys(map: YAMLMap, removed: ReadonlySet<Pair>, added: Pairs, inner: boolean) {
    const pairs = map.items as Entry["pair"][];
    const names = [...[...removed].map((pair) => nameOf(pair) ?? ""), ...added.map(([name]) => name)];
    touched.push(...names.map((key) => ({ node: map, key })));
    for (const pair of removed) if (pair.value && holdsShared(file, pair.value as Node)) return refuse();
    const empties = removed.size === pairs.length && added.length === 0;
    if (inner || map.flow || empties || added.length > 0 || file.isShared(map)) claim(map);
    if (empties) return empty(map, "{}");
    if (map.flow) {
      const quote = jsonQuote(map);
      const texts = added.map(([key, value]) => `${scalar(key, true, quote)}: ${flow(value, quote)}`);
      return changeFlow(
        map,
        pairs.map((pair) => removed.has(pair)),
        texts,
      );
    }
    const first = pairs[0];
    const last = pairs.at(-1);
    if (!first || !last || !pairs.every(isImplicit)) return refuse();
    const column = columnOf(text, pairStart(first));
    const lines = added.flatMap(([key, value]) => pairLines(key, value, column, indentOf(map)));
    removePairs(map, removed, lines.length > 0 && !inner);
    if (lines.length === 0) return;
    const kept = pairs.findLast((pair) => !removed.has(pair));
    if (inner) insertInside(map, kept && pairEnd(file, { owner: map, pair: kept }), lines);
    else edits.push(insertOnNextLine(text, pairEnd(file, { owner: map, pair: last }), lines));
  }

  /** Inserts lines after the last remaining item, or after the key if there is none. */
  function insertInside(node: YAMLMap | YAMLSeq, kept: number | undefined, lines: readonly string[]) {
    const holder = file.holder(node);
    if (kept === undefined && !holder) return refuse();
    edits.push(insertAtLineEnd(text, kept ?? headerEnd(holder as Entry, file), lines));
  }

  function removePairs(map: YAMLMap, removed: ReadonlySet<Pair>, replaced: boolean) {
    const pairs = map.items as Entry["pair"][];
    const gone = pairs.map((pair) => removed.has(pair));
    const start = pairStart(pairs[0] as Entry["pair"]);
    const before = text.slice(start - columnOf(text, start), start);
    if (!gone[0] || !/^[ \t]*(-[ \t]+)+$/.test(before)) return removeEntries(map, gone, replaced);
    // The first key of an item is after the dash, so the first remaining key moves up to it.
    const kept = gone.indexOf(false);
    const [last, next] = [pairs[kept - 1], pairs[kept]];
    if (!last || !next) return refuse();
    const end = pairStart(next);
    if (text.slice(pairEnd(file, { owner: map, pair: last }), end).includes("#")) return refuse();
    replace(start, end, "");
    removeEntries(
      map,
      gone.map((each, index) => each && index > kept),
      replaced,
    );
  }

  function removeEntries(node: YAMLMap | YAMLSeq, gone: readonly boolean[], replaced = false) {
    const removal = removalEdits(file, node, gone, replaced);
    if (removal) edits.push(...removal);
    else refuse();
  }

  function changeFlow(node: YAMLMap | YAMLSeq, removed: readonly boolean[], added: readonly string[]) {
    const changed = flowEdits(file, node, removed, added);
    if (changed) edits.push(...changed);
    else refuse();
  }

  /** Leaves only the brackets of a collection that becomes empty. */
  function empty(node: YAMLMap | YAMLSeq, brackets: "[]" | "{}") {
    if (node.flow) return replace(startOf(node), node.range?.[1] ?? 0, brackets);
    const holder = file.holder(node);
    if (!holder) return refuse();
    const header = headerEnd(holder, file);
    replace(header, header, ` ${brackets}`);
    removeEntries(
      node,
      node.items.map(() => true),
    );
  }

  function listFromScalar(entry: Entry, node: Scalar, added: readonly Value[]) {
    const quote = quoteOf(node);
    touchEntry(entry);
    claims.push(spanOf(file, entry.pair.key));
    if (entry.pair.value !== node || node.anchor || hasType(node)) return refuse();
    const { start, end } = spanOf(file, node);
    if (isInFlow(file, entry.owner)) {
      const texts = added.map((value) => `, ${flow(value, quote)}`);
      replace(start, start, "[");
      return replace(end, end, `${texts.join("")}]`);
    }
    const header = headerEnd(entry, file);
    if (text.slice(header, end).includes("\n") || node.type?.startsWith("BLOCK")) return refuse();
    const column = columnOf(text, pairStart(entry.pair)) + offsetOf(entry.owner);
    replace(header, start, `\n${" ".repeat(column)}- `);
    edits.push(
      insertAtLineEnd(
        text,
        end,
        added.flatMap((value) => itemLines(value, column, quote)),
      ),
    );
  }

  function fill(entry: Entry, lines: readonly string[]) {
    const { owner, pair } = entry;
    const old = pair.value;
    touchEntry(entry);
    if (isInFlow(file, owner) || !isImplicit(pair) || (old && !isNull(old) && !isAlias(old))) return refuse();
    if (isScalar(old) && (file.isShared(old) || hasType(old))) return refuse();
    claims.push(spanOf(file, pair.key));
    const header = headerEnd(entry, file);
    const end = old && !isEmpty(old) ? endOf(file, old) : header;
    if (text.slice(header, end).includes("\n")) return refuse();
    if (end > header) replace(header, end, "");
    edits.push(insertOnNextLine(text, end, lines));
  }

  function fillItems(entry: Entry, items: readonly Value[]) {
    const old = entry.pair.value;
    // An undefined alias is removed. The target of any other alias cannot become part of a list.
    const meant = isAlias(old) ? file.resolve(old) : undefined;
    if (meant && !isNull(meant)) return refuse();
    const column = columnOf(text, pairStart(entry.pair)) + offsetOf(entry.owner);
    fill(
      entry,
      items.flatMap((item) => itemLines(item, column)),
    );
  }

  function fillKeys(entry: Entry, pairs: Pairs) {
    const column = columnOf(text, pairStart(entry.pair)) + stepOf(file, entry.owner);
    const { value: old } = entry.pair;
    const merged = isAlias(old) ? [`${" ".repeat(column)}<<: *${old.source}`] : [];
    fill(entry, [
      ...merged,
      ...pairs.flatMap(([key, value]) => pairLines(key, value, column, indentOf(entry.owner))),
    ]);
  }

  return {
    setValue,
    setScalar: (node, by) => {
      touched.push({ node });
      const { start, end } = spanOf(file, node);
      replace(start, end, scalar(by, file.inFlow(node), quoteOf(node)));
    },
    changeItems,
    changeKeys,
    listFromScalar,
    fillItems,
    fillKeys,
    refuse,
    touched,
    finish: () => (possible ? consistent(text, edits, claims) : undefined),
  };
}
