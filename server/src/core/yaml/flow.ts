import { isPair, type Node, type YAMLMap, type YAMLSeq } from "yaml";
import type { Edit, Span } from "../base/text";
import type { YamlFile } from "./document";
import { columnOf, type Entry, pairStart, startOf } from "./nodes";
import { deleteLines, insertAtLineEnd, lineEnd } from "./places";
import { endOf, itemStart, pairEnd } from "./spans";

/** The edits that remove items from brackets or braces and add others; undefined if comments prevent it. */
export function flowEdits(
  file: YamlFile,
  node: YAMLMap | YAMLSeq,
  removed: readonly boolean[],
  added: readonly string[],
): Edit[] | undefined {
  const { text } = file;
  const spans = node.items.map((item, index) => {
    if (!isPair(item)) return { start: itemStart(node as YAMLSeq, index), end: endOf(file, item as Node) };
    const pair = item as Entry["pair"];
    return { start: pairStart(pair), end: pairEnd(file, { owner: node as YAMLMap, pair }) };
  });
  const whole = { start: startOf(node), end: (node.range?.[1] ?? 0) - 1 };
  const [first] = spans;
  const last = spans.at(-1);
  if (first && last && removed.every((gone) => gone)) {
    const gaps = spans.slice(1).map(({ start }, index) => text.slice(spans[index]?.end, start));
    if (gaps.some((gap) => gap.includes("#"))) return undefined;
    return [{ span: { start: first.start, end: last.end }, text: added.join(", ") }];
  }
  return [...flowRemovals(text, whole, spans, removed), ...flowInsertion(text, whole, spans, added)];
}

/**
 * Removes items from brackets, each with the comma before it, and the first one with the comma after it. If there is
 * a comment in between, only the item and the comma directly after it are removed.
 */
function flowRemovals(
  text: string,
  whole: Span,
  items: readonly Span[],
  removed: readonly boolean[],
): Edit[] {
  const edits: Edit[] = [];
  for (let first = 0; first < items.length; first++) {
    if (!removed[first]) continue;
    let last = first;
    while (removed[last + 1]) last++;
    const span = { start: (items[first] as Span).start, end: (items[last] as Span).end };
    const before = items[first - 1]?.end;
    const after = items[last + 1]?.start;
    const gap = before === undefined ? text.slice(span.end, after) : text.slice(before, span.start);
    if (gap.includes("#")) edits.push({ span: withComma(text, span, whole.end), text: "" });
    else
      edits.push({
        span: { start: before ?? span.start, end: before === undefined ? (after ?? span.end) : span.end },
        text: "",
      });
    first = last;
  }
  return edits;
}

/** An item with the comma after it, and with its line if the line contains nothing else. */
function withComma(text: string, { start, end }: Span, limit: number): Span {
  const comma = /^\s*,/.exec(text.slice(end, limit));
  const last = end + (comma?.[0].length ?? 0);
  const first = start - columnOf(text, start);
  const alone = text.slice(first, start).trim() === "" && text.slice(last, lineEnd(text, last)).trim() === "";
  return alone ? deleteLines(text, start, last).span : { start, end: last };
}

/** Adds items after the last one in brackets, on separate lines if the last one is on a separate line. */
function flowInsertion(text: string, whole: Span, items: readonly Span[], added: readonly string[]): Edit[] {
  if (added.length === 0) return [];
  const last = items.at(-1);
  if (!last) {
    const blank = text.slice(whole.start + 1, whole.end).trim() === "";
    return [{ span: { start: blank ? whole.start + 1 : whole.end, end: whole.end }, text: added.join(", ") }];
  }
  const before = items.at(-2)?.end ?? whole.start + 1;
  if (!text.slice(before, last.start).includes("\n")) {
    return [{ span: { start: last.end, end: last.end }, text: added.map((item) => `, ${item}`).join("") }];
  }
  const indent = text.slice(last.start - columnOf(text, last.start), last.start).replace(/\S.*/s, "");
  const tail = text.slice(last.end, whole.end);
  if (!tail.includes("#")) {
    return [
      { span: { start: last.end, end: last.end }, text: added.map((item) => `,\n${indent}${item}`).join("") },
    ];
  }
  const line = insertAtLineEnd(text, last.end, [added.map((item) => indent + item).join(",\n")]);
  const hasComma = /^[^#]*,/.test(tail);
  return hasComma ? [line] : [{ span: { start: last.end, end: last.end }, text: "," }, line];
}
