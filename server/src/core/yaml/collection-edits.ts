import type { Node, Pair, YAMLMap, YAMLSeq } from "yaml";
import type { Edit } from "../base/text";
import type { YamlFile } from "./document";
import { flowEdits } from "./flow";
import { columnOf, type Entry, pairStart, startOf } from "./nodes";
import { insertAtLineEnd, insertOnNextLine, replaceText } from "./places";
import { removalEdits } from "./removal";
import { dashes, headerEnd, isImplicit, itemEnd, pairEnd } from "./spans";
import { commonQuote, holdsShared, indentOf, jsonQuote } from "./style";
import { flow, itemLines, type Pairs, pairLines, scalar, type Value } from "./write";

/** Edits, or undefined if the change is not possible. */
type Edits = readonly Edit[] | undefined;

/** The edits that remove items from a list and add others. */
export function itemEdits(
  file: YamlFile,
  seq: YAMLSeq,
  removed: ReadonlySet<Node>,
  added: readonly Value[],
): Edits {
  const items = seq.items as Node[];
  if ([...removed].some((node) => holdsShared(file, node))) return undefined;
  if (removed.size === items.length && added.length === 0) return emptied(file, seq, "[]");
  const quote = commonQuote(items);
  const gone = items.map((item) => removed.has(item));
  if (seq.flow) {
    const texts = added.map((value) => flow(value, quote));
    return flowEdits(file, seq, gone, texts);
  }
  const marks = dashes(seq);
  const first = marks[0];
  if (marks.length !== items.length || first === undefined) return undefined;
  const lines = added.flatMap((value) => itemLines(value, columnOf(file.text, first), quote));
  const kept = gone.lastIndexOf(false);
  return both(removalEdits(file, seq, gone, false), () =>
    insertedInside(file, seq, kept === -1 ? undefined : itemEnd(file, seq, kept), lines),
  );
}

/** The edits that remove keys from a mapping and add others; `inner` as for `changeKeys`. */
export function keyEdits(
  file: YamlFile,
  map: YAMLMap,
  removed: ReadonlySet<Pair>,
  added: Pairs,
  inner: boolean,
): Edits {
  const pairs = map.items as Entry["pair"][];
  if ([...removed].some(({ value }) => value && holdsShared(file, value as Node))) return undefined;
  if (removed.size === pairs.length && added.length === 0) return emptied(file, map, "{}");
  const gone = pairs.map((pair) => removed.has(pair));
  if (map.flow) return flowEdits(file, map, gone, flowPairs(map, added));
  const first = pairs[0];
  const last = pairs.at(-1);
  if (!first || !last || !pairs.every(isImplicit)) return undefined;
  const column = columnOf(file.text, pairStart(first));
  const lines = added.flatMap(([key, value]) => pairLines(key, value, column, indentOf(file, map)));
  const endAfter = (pair: Entry["pair"]) => pairEnd(file, { owner: map, pair });
  return both(pairRemovals(file, map, gone, lines.length > 0 && !inner), () => {
    if (lines.length === 0) return [];
    if (!inner) return [insertOnNextLine(file.text, endAfter(last), lines)];
    const kept = pairs.findLast((pair) => !removed.has(pair));
    return insertedInside(file, map, kept && endAfter(kept), lines);
  });
}

/** The edits of two steps, if both are possible. */
function both(removals: Edits, insertions: () => Edits): Edits {
  const inserted = removals && insertions();
  return removals && inserted && [...removals, ...inserted];
}

function flowPairs(map: YAMLMap, added: Pairs): string[] {
  const quote = jsonQuote(map);
  return added.map(([key, value]) => `${scalar(key, true, quote)}: ${flow(value, quote)}`);
}

/** Inserts lines after the last remaining item, which ends at `kept`, or after the key if there is none. */
function insertedInside(
  file: YamlFile,
  node: YAMLMap | YAMLSeq,
  kept: number | undefined,
  lines: readonly string[],
): Edits {
  if (lines.length === 0) return [];
  const holder = file.holder(node);
  const end = kept ?? (holder && headerEnd(holder, file));
  return end === undefined ? undefined : [insertAtLineEnd(file.text, end, lines)];
}

/** Removes keys of a block mapping. If it is an item of a list, its first remaining key moves up to the dash. */
function pairRemovals(file: YamlFile, map: YAMLMap, gone: readonly boolean[], replaced: boolean): Edits {
  const { text } = file;
  const pairs = map.items as Entry["pair"][];
  const start = pairStart(pairs[0] as Entry["pair"]);
  const before = text.slice(start - columnOf(text, start), start);
  if (!gone[0] || !/^[ \t]*(-[ \t]+)+$/.test(before)) return removalEdits(file, map, gone, replaced);
  const kept = gone.indexOf(false);
  const [last, next] = [pairs[kept - 1], pairs[kept]];
  if (!last || !next) return undefined;
  const end = pairStart(next);
  if (text.slice(pairEnd(file, { owner: map, pair: last }), end).includes("#")) return undefined;
  const later = gone.map((each, index) => each && index > kept);
  return both([replaceText(start, end, "")], () => removalEdits(file, map, later, replaced));
}

/** Leaves only the brackets of a collection that becomes empty. */
function emptied(file: YamlFile, node: YAMLMap | YAMLSeq, brackets: "[]" | "{}"): Edits {
  if (node.flow) return [replaceText(startOf(node), node.range?.[1] ?? 0, brackets)];
  const holder = file.holder(node);
  if (!holder) return undefined;
  const header = headerEnd(holder, file);
  return both([replaceText(header, header, ` ${brackets}`)], () =>
    removalEdits(
      file,
      node,
      node.items.map(() => true),
      false,
    ),
  );
}
