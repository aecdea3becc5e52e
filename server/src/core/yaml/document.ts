import {
  type Document,
  isAlias,
  isCollection,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type Node,
  type ParsedNode,
  parseAllDocuments,
  type YAMLError,
  type YAMLMap,
} from "yaml";
import { kept } from "../base/kept";
import { type Budget, mostItems, mostKeptText } from "../base/limits";
import { message } from "../base/message";
import type { Problem } from "../base/problem";
import { badAlias, badKeys, badMerge, repeatedKeys } from "./errors";
import { flatten, isMergeKey, type Mapping } from "./merge";
import { columnOf, type Entry, pairStart, placeEmptyKeys, startOf } from "./nodes";

/**
 * A YAML file as nodes with their positions: its first document, with the other documents in `later`. Every scalar is
 * a string, and its interpretation is left to the reader.
 */
export interface YamlFile {
  readonly uri: string;
  readonly text: string;
  readonly root: Node | undefined;
  /** The documents that follow this one in the same file. */
  readonly later: readonly YamlFile[];
  /** The errors of all documents, in text order. A file with an error is not edited. */
  readonly errors: readonly Problem[];
  /** The node that an alias refers to, or any other node itself; undefined for an undefined alias. */
  resolve(node: unknown): Node | undefined;
  /** The keys of a mapping, including those of its merge keys (`<<`); for a duplicate key, the last one. */
  entries(node: unknown): ReadonlyMap<string, Entry>;
  /** A mapping and those that it merges, in the order in which a key is looked up. */
  sources(node: unknown): ReadonlySet<Node>;
  /** All entries with a name in a mapping and those that it merges; the first one applies. */
  occurrences(node: unknown, name: string): readonly Entry[];
  /** The entry whose value is the node. */
  holder(node: Node): Entry | undefined;
  /** The collection that directly contains a node. */
  parent(node: Node): Node | undefined;
  /** The aliases that refer to a node. */
  aliases(node: Node): readonly Node[];
  /** Whether an alias refers to the node. */
  isShared(node: Node): boolean;
  /** Whether a node is inside brackets or braces. */
  inFlow(node: Node): boolean;
  /** Whether the merges of the file are so large that not all of them were followed. */
  isCut(): boolean;
  /**
   * The number of columns by which a block sequence is indented relative to its key, according to the first one in
   * the file.
   */
  readonly sequenceOffset: number | undefined;
}

const recent = kept<YamlFile>(mostKeptText);

/**
 * Reads YAML; never throws. Merge keys and aliases are resolved here rather than by the parser, which would expand
 * them. The cost of a chain of aliases is thus proportional to its length, not to its expanded size.
 */
export function readYaml(uri: string, text: string): YamlFile {
  return recent(
    uri,
    () => text,
    (ask) => read(uri, ask("text") ?? text),
  );
}

function read(uri: string, text: string): YamlFile {
  const errors: Problem[] = [];
  const [root, ...others] = parse(text, errors);
  const later = others.map((other) => readDocument({ uri, text, errors, later: [] }, other));
  const file = readDocument({ uri, text, errors, later }, root);
  errors.sort((a, b) => a.span.start - b.span.start);
  return file;
}

interface Source extends Pick<YamlFile, "uri" | "text" | "later"> {
  /** Receives the errors that are found. */
  readonly errors: Problem[];
}

function readDocument({ uri, text, errors, later }: Source, root: Node | undefined): YamlFile {
  const targets = new Map<Node, Node>();
  const aliases = new Map<Node, Node[]>();
  const parents = new Map<Node, Node>();
  const holders = new Map<Node, Entry>();
  const flow = new Set<Node>();
  let sequenceOffset: number | undefined;
  walk(root, (node, { parent, holder, inFlow }, anchors) => {
    if (parent) parents.set(node, parent);
    if (inFlow) flow.add(node);
    if (isMap(node)) {
      placeEmptyKeys(node);
      errors.push(...repeatedKeys(text, node), ...badKeys(node, anchors));
    }
    if (isAlias(node)) {
      const target = anchors.get(node.source);
      if (target) {
        targets.set(node, target);
        const known = aliases.get(target);
        if (known) known.push(node);
        else aliases.set(target, [node]);
      }
      errors.push(...badAlias(node, target));
    }
    if (!holder) return;
    holders.set(node, holder);
    if (isMergeKey(holder.pair.key)) errors.push(...badMerge(holder.pair.key, node, anchors));
    if (sequenceOffset !== undefined || !isSeq(node) || node.flow) return;
    const offset = columnOf(text, startOf(node)) - columnOf(text, pairStart(holder.pair));
    if (offset >= 0) sequenceOffset = offset;
  });

  const resolve = (node: unknown): Node | undefined => {
    if (isAlias(node)) return targets.get(node);
    return isScalar(node) || isCollection(node) ? node : undefined;
  };
  const known = new Map<YAMLMap, Mapping>();
  const budget: Budget = { left: mostItems };
  const mapping = (node: unknown): Mapping | undefined => {
    const map = resolve(node);
    if (!isMap(map)) return undefined;
    let found = known.get(map);
    if (!found) {
      found = flatten(map, resolve, budget);
      known.set(map, found);
    }
    return found;
  };
  return {
    uri,
    text,
    root,
    later,
    errors,
    resolve,
    sources: (node) => mapping(node)?.sources ?? new Set(),
    entries: (node) => mapping(node)?.first ?? new Map(),
    occurrences: (node, name) => mapping(node)?.all.get(name) ?? [],
    holder: (node) => holders.get(node),
    parent: (node) => parents.get(node),
    aliases: (node) => aliases.get(node) ?? [],
    isShared: (node) => aliases.has(node),
    inFlow: (node) => flow.has(node),
    isCut: () => budget.left < 0,
    sequenceOffset,
  };
}

/**
 * The roots of the documents in a file. Only the first error is reported, since later ones are mostly consequences of
 * it.
 */
function parse(text: string, errors: Problem[]): (ParsedNode | undefined)[] {
  try {
    // The failsafe schema has no numbers or booleans, so `user: 0` and `mode: 0755` stay as written. The library does
    // not count the indentation after a byte order mark, so the mark is replaced with a line ending, which has the
    // same length.
    const { documents, error } = parseTemplates(text.replace(/^\uFEFF/, "\n"));
    if (error) {
      const [start, end] = error.pos.map((at) => Math.min(at, text.length)) as [number, number];
      const why = message("yaml.syntax", "This file is not valid YAML: {error}", { error: error.message });
      errors.push({ span: { start, end }, message: why });
    }
    return documents.map(({ contents }) => contents ?? undefined);
  } catch {
    const why = message("yaml.unreadable", "The file cannot be read as YAML.");
    errors.push({ span: { start: 0, end: 0 }, message: why });
    return [];
  }
}

interface Parsed {
  readonly documents: readonly Document.Parsed[];
  readonly error?: YAMLError;
}

/**
 * Parses a text in which a quoted template may end with a line of `}}` at the indentation of its key. YAML requires a
 * deeper indentation, but libyaml, with which Ansible reads its files, does not. Spaces in place of the line ending
 * have the same length.
 */
function parseTemplates(text: string): Parsed {
  const parsed = parseAll(text);
  if (parsed.error?.code !== "MISSING_CHAR") return parsed;
  const joined = text.replace(/\r?\n(?= *\}\}["'])/g, (ending) => " ".repeat(ending.length));
  return joined === text ? parsed : parseAll(joined);
}

function parseAll(text: string): Parsed {
  const documents = [
    ...parseAllDocuments(text, {
      schema: "failsafe",
      merge: false,
      uniqueKeys: false,
      keepSourceTokens: true,
      prettyErrors: false,
      logLevel: "silent",
    }),
  ];
  return { documents, error: documents.flatMap(({ errors }) => errors)[0] };
}

interface Visit {
  /** The collection that directly contains the node. */
  readonly parent?: Node;
  /** The entry whose value is the node. */
  readonly holder?: Entry;
  readonly inFlow: boolean;
}

/** Visits every node in text order, with the anchors defined up to that point. */
function walk(
  root: Node | undefined,
  visit: (node: Node, at: Visit, anchors: ReadonlyMap<string, Node>) => void,
): void {
  const anchors = new Map<string, Node>();
  const open: (Visit & { node: Node })[] = root ? [{ node: root, inFlow: false }] : [];
  for (let next = open.pop(); next; next = open.pop()) {
    const { node } = next;
    visit(node, next, anchors);
    if (!isAlias(node) && node.anchor) anchors.set(node.anchor, node);
    if (!isCollection(node)) continue;
    const inFlow = next.inFlow || node.flow === true;
    for (let index = node.items.length - 1; index >= 0; index--) {
      const item = node.items[index];
      if (!isPair(item)) open.push({ node: item as Node, parent: node, inFlow });
      else if (isMap(node)) {
        const pair = item as Entry["pair"];
        if (pair.value) open.push({ node: pair.value, parent: node, holder: { owner: node, pair }, inFlow });
        if (pair.key) open.push({ node: pair.key, parent: node, inFlow });
      }
    }
  }
}
