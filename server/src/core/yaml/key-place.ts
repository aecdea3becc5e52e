import {
  isCollection,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from "yaml";
import { indentation, lineAt, type Span } from "../base/text";
import type { YamlFile } from "./document";
import { columnOf, type Entry, isEmpty, nameOf, pairStart, startOf } from "./nodes";
import { dashes, endOf } from "./spans";

/** What is at an offset in a file of keys and values. */
export interface KeyPlace {
  /** The names of the keys on the path from the top; for a key, only those above it. */
  readonly keys: readonly string[];
  readonly in: "key" | "value" | "item";
  /** The word at the offset, without quotes; empty if there is none yet. */
  readonly span: Span;
}

/** The offset, and the column in which the text of its line begins. */
interface Cursor {
  readonly file: YamlFile;
  readonly offset: number;
  readonly column: number;
}

/** Finds what is at an offset, even if a value is still missing; undefined in comments and between values. */
export function keyPlace(file: YamlFile, offset: number): KeyPlace | undefined {
  const { text } = file;
  const line = lineAt(text, offset);
  const column = Math.min(indentation(text, line.start), offset - line.start);
  if (/(^|[ \t])#/.test(text.slice(line.start, offset))) return undefined;
  const document = [file, ...file.later].findLast(({ root }) => root && startOf(root) <= offset);
  const root = document?.root;
  return root && document ? inNode({ file: document, offset, column }, root, []) : undefined;
}

function inNode(cursor: Cursor, node: Node | null, keys: readonly string[]): KeyPlace | undefined {
  if (isMap(node)) return inMap(cursor, node, keys);
  if (isSeq(node)) return inSequence(cursor, node, keys);
  return undefined;
}

function inMap(cursor: Cursor, map: YAMLMap, keys: readonly string[]): KeyPlace | undefined {
  const { file, offset, column } = cursor;
  const pair = (map.items as Entry["pair"][]).findLast((each) => pairStart(each) <= offset);
  const name = pair && nameOf(pair);
  if (!pair || name === undefined || (map.flow && offset > endOf(file, map))) return undefined;
  const { start, end } = keySpan(file, pair.key);
  if (start <= offset && offset <= end) return { keys, in: "key", span: { start, end } };
  const between = file.text.slice(end, offset);
  if (!between.includes("\n")) return inValue(cursor, pair, [...keys, name]);
  const own = map.flow ? -1 : columnOf(file.text, pairStart(pair));
  if (column === own && !(isSeq(pair.value) && startsItem(cursor)))
    return { keys, in: "key", span: wordFrom(cursor) };
  if (column < own) return undefined;
  return isCollection(pair.value)
    ? inNode(cursor, pair.value, [...keys, name])
    : inKeyless(cursor, pair, [...keys, name]);
}

/** The span of a key, up to the end of its line, because a key without a colon continues on the next line. */
function keySpan({ text }: YamlFile, key: Node): Span {
  const start = startOf(key);
  return { start, end: Math.min(key.range?.[1] ?? start, lineAt(text, start).end) };
}

/** Handles an offset after the colon, on the line of the key. */
function inValue(
  cursor: Cursor,
  { value, key }: Entry["pair"],
  keys: readonly string[],
): KeyPlace | undefined {
  const { file, offset } = cursor;
  if (!/^["']?[ \t]*:[ \t]/.test(file.text.slice(key.range?.[1] ?? 0, offset))) return undefined;
  if (isCollection(value)) return inNode(cursor, value, keys);
  return inScalar(cursor, value, { keys, in: "value" });
}

/** Handles an offset below a key without a value, where its first key is being typed. */
function inKeyless(cursor: Cursor, { value }: Entry["pair"], keys: readonly string[]): KeyPlace | undefined {
  if (value && !isEmpty(value)) return inScalar(cursor, value, { keys, in: "value" });
  return { keys, in: "key", span: wordFrom(cursor) };
}

function inScalar(
  { offset, file }: Cursor,
  node: Node | null,
  place: Omit<KeyPlace, "span">,
): KeyPlace | undefined {
  if (!node || isEmpty(node)) return { ...place, span: { start: offset, end: offset } };
  if (!isScalar(node) || /^BLOCK/.test(node.type ?? "")) return undefined;
  const span = contentOf(file, node);
  return span.start <= offset && offset <= span.end ? { ...place, span } : undefined;
}

/** The span of a scalar without its quotes. */
function contentOf({ text }: YamlFile, node: Scalar): Span {
  const start = startOf(node);
  const end = Math.min(node.range?.[1] ?? start, lineAt(text, start).end);
  const quote = /^QUOTE/.test(node.type ?? "") ? text[start] : undefined;
  if (quote === undefined) return { start, end };
  return { start: start + 1, end: end - 1 > start && text[end - 1] === quote ? end - 1 : end };
}

function inSequence(cursor: Cursor, seq: YAMLSeq, keys: readonly string[]): KeyPlace | undefined {
  const { file, offset } = cursor;
  if (seq.flow) return inFlow(cursor, seq, keys);
  const places = dashes(seq);
  const index = places.findLastIndex((dash) => dash < offset);
  const dash = places[index];
  if (dash === undefined) return undefined;
  const node = seq.items[index] as Node | null;
  if (isCollection(node)) return inNode(cursor, node, keys);
  if (file.text.slice(dash, offset).includes("\n")) return undefined;
  return inScalar(cursor, node, { keys, in: "item" });
}

function inFlow(cursor: Cursor, seq: YAMLSeq, keys: readonly string[]): KeyPlace | undefined {
  const { file, offset } = cursor;
  const [start, end] = [startOf(seq), seq.range?.[1] ?? file.text.length];
  if (offset <= start || (offset >= end && file.text[end - 1] === "]")) return undefined;
  const items = seq.items as Node[];
  const item = items.find((each) => startOf(each) <= offset && offset <= endOf(file, each) && !isEmpty(each));
  return isCollection(item)
    ? inNode(cursor, item, keys)
    : inScalar(cursor, item ?? null, { keys, in: "item" });
}

/** Whether the line of the cursor begins with a dash. */
function startsItem({ file, offset, column }: Cursor): boolean {
  return file.text[lineAt(file.text, offset).start + column] === "-";
}

/** The span from the start of the line's text to the end of the word at the cursor. */
function wordFrom({ file, offset, column }: Cursor): Span {
  const { start } = lineAt(file.text, offset);
  const [rest = ""] = /^[\w.-]*/.exec(file.text.slice(offset)) ?? [];
  return { start: start + column, end: offset + rest.length };
}
