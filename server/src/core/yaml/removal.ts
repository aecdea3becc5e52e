import { isMap, type YAMLMap, type YAMLSeq } from "yaml";
import { deleteWithComments } from "../base/lines";
import type { Edit, Span } from "../base/text";
import type { YamlFile } from "./document";
import { columnOf, type Entry, pairStart } from "./nodes";
import { lineEnd } from "./places";
import { dashes, headerEnd, itemEnd, pairEnd } from "./spans";

/**
 * The edits that remove the lines of keys or items of a block collection; adjacent ones are removed together.
 * Undefined if their lines contain anything else. `replaced` means that other lines are inserted after the last one.
 */
export function removalEdits(
  file: YamlFile,
  node: YAMLMap | YAMLSeq,
  gone: readonly boolean[],
  replaced: boolean,
): Edit[] | undefined {
  const { text } = file;
  const { starts, ends } = extents(file, node);
  const holder = file.holder(node);
  const edits: Edit[] = [];
  for (let first = 0; first < gone.length; first++) {
    if (!gone[first]) continue;
    let last = first;
    while (gone[last + 1] && isNextLine(text, ends[last] as number, starts[last + 1] as number)) last++;
    const span = { start: starts[first] as number, end: ends[last] as number };
    if (!isAlone(text, span)) return undefined;
    const floor = ends[first - 1] ?? (holder ? headerEnd(holder, file) : span.start);
    const opens = first === 0 && holder !== undefined && gone.includes(false);
    edits.push(
      ...deleteWithComments(text, span, floor, { opens, replaced: replaced && last === gone.length - 1 }),
    );
    first = last;
  }
  return edits;
}

/** The start and end offsets of the keys or items of a block collection. */
function extents(
  file: YamlFile,
  node: YAMLMap | YAMLSeq,
): { starts: readonly number[]; ends: readonly number[] } {
  if (!isMap(node))
    return { starts: dashes(node), ends: node.items.map((_, index) => itemEnd(file, node, index)) };
  const pairs = node.items as Entry["pair"][];
  return { starts: pairs.map(pairStart), ends: pairs.map((pair) => pairEnd(file, { owner: node, pair })) };
}

function isNextLine(text: string, end: number, start: number): boolean {
  return text.indexOf("\n", end) + 1 === start - columnOf(text, start);
}

/** Whether the lines of a span contain nothing else but a comment. */
function isAlone(text: string, { start, end }: Span): boolean {
  const rest = text.slice(end, lineEnd(text, end));
  const before = text.slice(start - columnOf(text, start), start);
  return before.trim() === "" && /^[ \t]*(#.*)?$/.test(rest);
}
