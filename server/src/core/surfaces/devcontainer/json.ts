import {
  applyEdits,
  findNodeAtLocation,
  type JSONPath,
  modify,
  type Node,
  type ParseError,
  parseTree,
} from "jsonc-parser";
import { difference, type Edit, lineAt, type Span } from "../../base/text";

/** A JSON file with comments, as nodes with their positions. */
export interface JsonFile {
  readonly text: string;
  readonly root: Node | undefined;
  readonly errors: readonly ParseError[];
}

/** Reads JSON with comments and trailing commas; never throws. */
export function readJson(text: string): JsonFile {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true });
  return { text, root, errors };
}

/** The node at a path; undefined if there is none. */
export function nodeAt({ root }: JsonFile, ...path: JSONPath): Node | undefined {
  return root && findNodeAtLocation(root, path);
}

/** The string at a path; undefined if the value is something else. */
export function textAt(file: JsonFile, ...path: JSONPath): string | undefined {
  const node = nodeAt(file, ...path);
  return node?.type === "string" ? String(node.value) : undefined;
}

/** The boolean at a path; undefined if the value is something else. */
export function truthAt(file: JsonFile, ...path: JSONPath): boolean | undefined {
  const node = nodeAt(file, ...path);
  return node?.type === "boolean" ? node.value === true : undefined;
}

/** The strings of a list by position; undefined for items that are not strings. */
export function listAt(file: JsonFile, ...path: JSONPath): (string | undefined)[] {
  const node = nodeAt(file, ...path);
  if (node?.type !== "array") return [];
  return (node.children ?? []).map((item) => (item.type === "string" ? String(item.value) : undefined));
}

/** Like `listAt`, but for a list of mounts: a mount that is an object is converted to the syntax of `--mount`. */
export function mountsAt(file: JsonFile, ...path: JSONPath): (string | undefined)[] {
  const texts = listAt(file, ...path);
  return texts.map((text, at) => text ?? fieldsOf(nodeAt(file, ...path, at)));
}

function fieldsOf(node: Node | undefined): string | undefined {
  const pairs = node?.type === "object" ? (node.children ?? []) : [];
  const fields = pairs.map(({ children: [key, value] = [] }) => `${key?.value}=${value?.value}`);
  return fields.length === 0 || fields.some((field) => /[,"]/.test(field)) ? undefined : fields.join(",");
}

/** The span of a node. */
export function spanOf({ offset, length }: Node): Span {
  return { start: offset, end: offset + length };
}

/** A change of the value at a path: the new value, or undefined to remove it. `insert` adds the value to a list. */
export interface JsonChange {
  readonly path: JSONPath;
  readonly value: unknown;
  readonly insert?: boolean;
}

/** One edit that makes all changes, one after the other, in the style of the file. */
export function editJson({ text }: JsonFile, changes: readonly JsonChange[]): Edit[] {
  const after = changes.reduce(changed, text);
  return after === text ? [] : [difference(text, after)];
}

function changed(text: string, { path, value, insert }: JsonChange): string {
  const file = readJson(text);
  const old = insert ? undefined : nodeAt(file, ...path);
  if (old || value === undefined) return applyEdits(text, modify(text, path, value, {}));
  const key = path.at(-1);
  const holder = nodeAt(file, ...path.slice(0, -1));
  if (!holder && path.length > 1)
    return changed(text, { path: path.slice(0, -1), value: { [String(key)]: value } });
  const item = insert ? spaced(value) : `${JSON.stringify(key)}: ${spaced(value)}`;
  const before = insert && key !== -1 ? Number(key) : (holder?.children?.length ?? 0);
  return holder ? withItem(text, holder, before, item) : text;
}

/** JSON on one line, spaced as if written by hand. */
function spaced(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(spaced).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const pairs = Object.entries(value).map(([key, of]) => `${JSON.stringify(key)}: ${spaced(of)}`);
  return `{ ${pairs.join(", ")} }`;
}

/** The text with one more item in a list or object, laid out like the other items. */
function withItem(text: string, { offset, children = [] }: Node, index: number, item: string): string {
  const before = children[index - 1];
  const next = children[index];
  if (!before) {
    const end = next ? `${item}, ` : item;
    return `${text.slice(0, offset + 1)}${end}${text.slice(offset + 1)}`;
  }
  const line = lineAt(text, before.offset);
  const indentation = /^[ \t]*/.exec(text.slice(line.start))?.[0] ?? "";
  const startsLine = line.start + indentation.length === before.offset;
  const eol = text.includes("\r\n") ? "\r\n" : "\n";
  const end = before.offset + before.length;
  const added = startsLine ? `${eol}${indentation}${item}` : ` ${item}`;
  const comma = /^\s*,/.exec(text.slice(end))?.[0];
  if (comma === undefined) {
    // A comment after the last item stays where it is.
    const [rest = ""] = (startsLine && /^[ \t]*(\/\/[^\r\n]*)?(?=\r?\n)/.exec(text.slice(end))) || [];
    return `${text.slice(0, end)},${rest}${added}${text.slice(end + rest.length)}`;
  }
  const at = end + comma.length;
  return `${text.slice(0, at)}${added}${next ? "," : ""}${text.slice(at)}`;
}
