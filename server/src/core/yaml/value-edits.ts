import { isAlias, isCollection, isScalar, type Scalar } from "yaml";
import type { Edit } from "../base/text";
import type { YamlFile } from "./document";
import { columnOf, type Entry, isEmpty, isNull, pairStart, startOf } from "./nodes";
import { insertAtLineEnd, insertOnNextLine, lineEnd, replaceText } from "./places";
import { endOf, headerEnd, isImplicit, spanOf, valueStart } from "./spans";
import { hasType, indentOf, isInFlow, jsonQuote, quoteOf } from "./style";
import { flow, itemLines, lineOf, type Pairs, pairLines, scalar, type Value } from "./write";

/** The edits that replace the value of a key, whatever it was; undefined if that is not possible. */
export function valueEdits(file: YamlFile, entry: Entry, value: Value): Edit[] | undefined {
  const { owner, pair } = entry;
  if (!isImplicit(pair)) return undefined;
  const old = pair.value;
  const quote = isScalar(old) && typeof value === "string" ? quoteOf(old) : undefined;
  const said = isInFlow(file, owner) ? flow(value, quote ?? jsonQuote(owner)) : lineOf(value, quote);
  const header = headerEnd(entry, file);
  if (!old || isEmpty(old)) return [replaceText(header, header, ` ${said}`)];
  const end = endOf(file, old);
  if (isScalar(old) && hasType(old))
    return file.isShared(old) ? undefined : [replaceText(valueStart(pair) ?? startOf(old), end, said)];
  if (!isCollection(old) || old.flow) return [replaceText(startOf(old), end, said)];
  return [replaceText(header, header, ` ${said}`), replaceText(lineEnd(file.text, header), end, "")];
}

/** The edit that replaces the text of a scalar and keeps its quotes. */
export function scalarEdit(file: YamlFile, node: Scalar, by: string): Edit {
  const { start, end } = spanOf(file, node);
  return replaceText(start, end, scalar(by, file.inFlow(node), quoteOf(node)));
}

/** The edits that turn the scalar of a key into a list with more items; undefined if that is not possible. */
export function listEdits(
  file: YamlFile,
  entry: Entry,
  node: Scalar,
  added: readonly Value[],
): Edit[] | undefined {
  const { text } = file;
  const { owner, pair } = entry;
  if (pair.value !== node || node.anchor || hasType(node)) return undefined;
  const quote = quoteOf(node);
  const { start, end } = spanOf(file, node);
  if (isInFlow(file, owner)) {
    const texts = added.map((value) => `, ${flow(value, quote)}`);
    return [replaceText(start, start, "["), replaceText(end, end, `${texts.join("")}]`)];
  }
  const header = headerEnd(entry, file);
  if (text.slice(header, end).includes("\n") || node.type?.startsWith("BLOCK")) return undefined;
  const column = columnOf(text, pairStart(pair)) + indentOf(file, owner).dashes;
  const lines = added.flatMap((value) => itemLines(value, column, quote));
  return [replaceText(header, start, `\n${" ".repeat(column)}- `), insertAtLineEnd(text, end, lines)];
}

/** The edits that set a list as the value of a key without one; undefined if that is not possible. */
export function filledItems(file: YamlFile, entry: Entry, items: readonly Value[]): Edit[] | undefined {
  const old = entry.pair.value;
  // An undefined alias is removed. The target of any other alias cannot become part of a list.
  const meant = isAlias(old) ? file.resolve(old) : undefined;
  if (meant && !isNull(meant)) return undefined;
  const column = columnOf(file.text, pairStart(entry.pair)) + indentOf(file, entry.owner).dashes;
  return filled(
    file,
    entry,
    items.flatMap((item) => itemLines(item, column)),
  );
}

/** The edits that set a mapping as the value of a key without one; undefined if that is not possible. */
export function filledKeys(file: YamlFile, entry: Entry, pairs: Pairs): Edit[] | undefined {
  const { owner, pair } = entry;
  const { value: old } = pair;
  const indent = indentOf(file, owner);
  const column = columnOf(file.text, pairStart(pair)) + indent.keys;
  const merged = isAlias(old) ? [`${" ".repeat(column)}<<: *${old.source}`] : [];
  const lines = pairs.flatMap(([key, value]) => pairLines(key, value, column, indent));
  return filled(file, entry, [...merged, ...lines]);
}

function filled(file: YamlFile, entry: Entry, lines: readonly string[]): Edit[] | undefined {
  const { text } = file;
  const { owner, pair } = entry;
  const old = pair.value;
  if (isInFlow(file, owner) || !isImplicit(pair) || (old && !isNull(old) && !isAlias(old))) return undefined;
  if (isScalar(old) && (file.isShared(old) || hasType(old))) return undefined;
  const header = headerEnd(entry, file);
  const end = old && !isEmpty(old) ? endOf(file, old) : header;
  if (text.slice(header, end).includes("\n")) return undefined;
  const removed = end > header ? [replaceText(header, end, "")] : [];
  return [...removed, insertOnNextLine(text, end, lines)];
}
