import {
  isCollection,
  isPair,
  isScalar,
  isSeq,
  type Node,
  type Scalar,
  visit,
  type YAMLMap,
  type YAMLSeq,
} from "yaml";
import { lineAt, type Span } from "../base/text";
import type { YamlFile } from "./document";
import { type Entry, isEmpty, isNull, propertiesStart, startOf, type Token } from "./nodes";

/** The span of a node, without the comments and blank lines after it. */
export function spanOf(file: YamlFile, node: Node): Span {
  return { start: startOf(node), end: endOf(file, node) };
}

/** The end of a key and its value. */
export function pairEnd(file: YamlFile, { owner, pair }: Entry): number {
  const { value } = pair;
  return !value || isEmpty(value) ? headerEnd({ owner, pair }, file) : endOf(file, value);
}

/** The end of an item of a block sequence. */
export function itemEnd(file: YamlFile, seq: YAMLSeq, index: number): number {
  const item = seq.items[index] as Node;
  return isNull(item) ? Math.max((dashes(seq)[index] ?? 0) + 1, endOf(file, item)) : endOf(file, item);
}

/**
 * The end of a node's content. The parser's range of a block collection includes comments and blank lines after it.
 */
export function endOf(file: YamlFile, node: Node): number {
  let last: Node = node;
  while (isCollection(last) && !last.flow) {
    const item: unknown = last.items.at(-1);
    if (item === undefined) break;
    if (!isPair(item)) {
      if (isNull(item) && isSeq(last)) {
        const dash = dashes(last).at(-1);
        if (dash !== undefined) return propertiesEnd(item as Node, dash + 1, file);
      }
      last = item as Node;
      continue;
    }
    const value = item.value as Node | null;
    if (value === null || isEmpty(value))
      return headerEnd({ owner: last as YAMLMap, pair: item as Entry["pair"] }, file);
    last = value;
  }
  const end = last.range?.[1] ?? startOf(last);
  if (!isScalar(last)) return end;
  if (last.type === "BLOCK_LITERAL" || last.type === "BLOCK_FOLDED") return blockEnd(file.text, last, end);
  return end;
}

function propertiesEnd(node: Node, from: number, file: YamlFile): number {
  if (!isEmpty(node)) return endOf(file, node);
  return from + (file.text.slice(from, startOf(node)).match(/^[ \t]*[&!][^\s]*/)?.[0].length ?? 0);
}

/** The end of a block scalar. Blank lines at the end only count if the scalar keeps them (`|+`). */
function blockEnd(text: string, node: Scalar, end: number): number {
  const keeps = /^[|>][0-9]?\+/.test(text.slice(startOf(node), end));
  const said = keeps ? text.slice(0, end).replace(/\r?\n$/, "") : text.slice(startOf(node), end).trimEnd();
  return keeps ? said.length : startOf(node) + said.length;
}

/** Whether a pair is written as `key: value`, not as `{key}`, `? key` or `: value`. */
export function isImplicit(pair: Entry["pair"]): boolean {
  const start = (pair as { srcToken?: { start?: Token[] } }).srcToken?.start ?? [];
  const explicit = start.some(({ type }) => type === "explicit-key-ind");
  return !explicit && !isEmpty(pair.key) && tokensOf(pair).some(({ type }) => type === "map-value-ind");
}

function tokensOf(pair: Entry["pair"]): readonly Token[] {
  return (pair as { srcToken?: { sep?: Token[] } }).srcToken?.sep ?? [];
}

/** The end of a key's colon, including the anchor and tag after it. */
export function headerEnd({ pair }: Entry, file: YamlFile): number {
  const last = tokensOf(pair).findLast(
    ({ type }) => type === "map-value-ind" || type === "anchor" || type === "tag",
  );
  return last ? last.offset + last.source.length : endOf(file, pair.key);
}

/** The start of a value's anchor or tag, if it has one. */
export function valueStart(pair: Entry["pair"]): number | undefined {
  return propertiesStart(tokensOf(pair));
}

/** The start of a sequence item, including the anchor and the tag before it. */
export function itemStart(seq: YAMLSeq, index: number): number {
  const token = seq.srcToken as { items?: { start: Token[] }[] } | undefined;
  return propertiesStart(token?.items?.[index]?.start ?? []) ?? startOf(seq.items[index] as Node);
}

/** The offsets of the dashes of a block sequence, one per item. */
export function dashes(seq: YAMLSeq): readonly number[] {
  const token = seq.srcToken as { items?: { start: Token[] }[] } | undefined;
  return (token?.items ?? []).flatMap(({ start }) => {
    const dash = start.find(({ type }) => type === "seq-item-ind");
    return dash ? [dash.offset] : [];
  });
}

/** Whether the line of an offset begins inside a scalar, so that no comment can be inserted above it. */
export function beginsInScalar({ root, later, text }: YamlFile, offset: number): boolean {
  const { start } = lineAt(text, offset);
  let inside = false;
  for (const each of [root, ...later.map((document) => document.root)]) {
    if (!each || inside) continue;
    visit(each, {
      Scalar(_, { range }) {
        if (!range || range[0] >= start || start >= range[1]) return undefined;
        inside = true;
        return visit.BREAK;
      },
    });
  }
  return inside;
}
