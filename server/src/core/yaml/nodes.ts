import { isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap } from "yaml";

// Modules that are loaded late import these from here, so that they do not contain a second copy of the library.
export { isMap, isScalar, isSeq };

/** A key and its value as written in a file, and the mapping that contains them. */
export interface Entry {
  readonly owner: YAMLMap;
  readonly pair: Pair<Node, Node | null>;
}

/** The name of a key, if the key is a scalar. */
export function nameOf(pair: Pair<unknown, unknown>): string | undefined {
  return isScalar(pair.key)
    ? typeof pair.key.value === "symbol"
      ? "<<"
      : String(pair.key.value ?? "")
    : undefined;
}

/** Whether a value is absent: nothing, `~` or `null`. */
export function isNull(node: unknown): boolean {
  if (node === null || node === undefined) return true;
  return isScalar(node) && node.type === "PLAIN" && /^(~|null|Null|NULL|)$/.test(String(node.value ?? ""));
}

/** The text of a scalar, unless it is null. */
export function textOf(node: unknown): string | undefined {
  return isScalar(node) && !isNull(node) ? String(node.value) : undefined;
}

export function startOf(node: Node): number {
  return node.range?.[0] ?? 0;
}

export interface Token {
  readonly type: string;
  readonly offset: number;
  readonly source: string;
}

/** The start of a key, including the anchor and the tag before it. */
export function pairStart(pair: Entry["pair"]): number {
  const tokens = (pair as { srcToken?: { start?: Token[] } }).srcToken?.start ?? [];
  return propertiesStart(tokens) ?? startOf(pair.key);
}

/** The start of the first anchor, tag or question mark among the tokens. */
export function propertiesStart(tokens: readonly Token[]): number | undefined {
  return tokens.find(({ type }) => type === "anchor" || type === "tag" || type === "explicit-key-ind")
    ?.offset;
}

/**
 * Sets the position of each empty key in a mapping to that of its colon. The parser sets it to the end of the last
 * token.
 */
export function placeEmptyKeys({ items }: YAMLMap): void {
  for (const pair of items as Entry["pair"][]) {
    const { start = [], sep = [] } =
      (pair as { srcToken?: { start?: Token[]; sep?: Token[] } }).srcToken ?? {};
    const colon = sep.find(({ type }) => type === "map-value-ind");
    if (!colon || !isEmpty(pair.key) || propertiesStart(start) !== undefined) continue;
    pair.key.range = [colon.offset, colon.offset, colon.offset];
  }
}

/** The column of an offset, in UTF-16 units from the start of its line. */
export function columnOf(text: string, offset: number): number {
  return offset - (text.lastIndexOf("\n", offset - 1) + 1);
}

/** Whether a value has no text, in which case its range is not useful. */
export function isEmpty(node: Node): boolean {
  return isScalar(node) && node.range !== undefined && node.range !== null && node.range[0] === node.range[1];
}
