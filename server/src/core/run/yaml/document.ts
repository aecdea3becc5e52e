import {
  type Alias,
  isAlias,
  isCollection,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  type ParsedNode,
  parseAllDocuments,
  type YAMLMap,
} from "yaml";
import { type Budget, mostItems, spend } from "../../limits";
import type { Span } from "../../text";
import { columnOf, nameOf, startOf } from "./nodes";

/** A key and its value as they stand in a file, and the mapping that holds them. */
export interface Entry {
  readonly owner: YAMLMap;
  readonly pair: Pair<Node, Node | null>;
}

/** Why a text is not YAML, as a sentence, and where. */
export interface YamlError {
  readonly span: Span;
  readonly text: string;
}

/**
 * A YAML file as nodes with their places: its first document, with the others in `later`. Every scalar is
 * text: what it means is the reader's business.
 */
export interface YamlFile {
  readonly uri: string;
  readonly text: string;
  readonly root: Node | undefined;
  /** The documents that follow this one in the same text. */
  readonly later: readonly YamlFile[];
  /** The errors of all documents, in the order of the text: a file that has one is not edited. */
  readonly errors: readonly YamlError[];
  /** The node that an alias stands for, any other node itself; undefined for an alias to nothing. */
  resolve(node: unknown): Node | undefined;
  /** The keys of a mapping with what its merge keys (`<<`) bring in; of a key given twice the last. */
  entries(node: unknown): ReadonlyMap<string, Entry>;
  /** Every entry of a name in a mapping and what it merges; the first is the one that counts. */
  occurrences(node: unknown, name: string): readonly Entry[];
  /** The entry that a node is the value of. */
  holder(node: Node): Entry | undefined;
  /** Says whether an alias stands for the node. */
  isShared(node: Node): boolean;
  /** Says whether a node stands inside brackets or braces. */
  inFlow(node: Node): boolean;
  /** Says whether the merges of the file bring in so much that not all of it was followed. */
  isCut(): boolean;
  /** Columns by which a block sequence stands to the right of its key, as the file's first one does. */
  readonly sequenceOffset: number | undefined;
}

/** The files that were read last, oldest first: judging each file of a workspace reads all its run files again. */
const recent = new Map<string, YamlFile>();
const mostRecent = 200;
/** Texts above this length are not kept. */
const longestKept = 100_000;

/**
 * Reads YAML; never throws. Merge keys and aliases are followed here rather than by the parser, which would
 * expand them: a chain of aliases costs its length, not its product.
 */
export function readYaml(uri: string, text: string): YamlFile {
  const known = recent.get(uri);
  if (known?.text === text) return known;
  const file = read(uri, text);
  recent.delete(uri);
  if (text.length <= longestKept) recent.set(uri, file);
  const [oldest] = recent.keys();
  if (recent.size > mostRecent && oldest !== undefined) recent.delete(oldest);
  return file;
}

function read(uri: string, text: string): YamlFile {
  const errors: YamlError[] = [];
  const [root, ...others] = parse(text, errors);
  const later = others.map((other) => readDocument({ uri, text, errors, later: [] }, other));
  const file = readDocument({ uri, text, errors, later }, root);
  errors.sort((a, b) => a.span.start - b.span.start);
  return file;
}

interface Source extends Pick<YamlFile, "uri" | "text" | "later"> {
  /** Takes what is found wrong. */
  readonly errors: YamlError[];
}

function readDocument({ uri, text, errors, later }: Source, root: Node | undefined): YamlFile {
  const targets = new Map<Node, Node>();
  const shared = new Set<Node>();
  const holders = new Map<Node, Entry>();
  const flow = new Set<Node>();
  let sequenceOffset: number | undefined;
  walk(root, (node, { holder, inFlow }, anchors) => {
    if (inFlow) flow.add(node);
    if (isMap(node)) errors.push(...repeatedKeys(text, node));
    if (isAlias(node)) {
      const target = anchors.get(node.source);
      if (target) {
        targets.set(node, target);
        shared.add(target);
      }
      if (!target || holds(target, node)) errors.push(badAlias(node, target));
    }
    if (!holder) return;
    holders.set(node, holder);
    if (sequenceOffset !== undefined || !isSeq(node) || node.flow) return;
    const offset = columnOf(text, startOf(node)) - columnOf(text, startOf(holder.pair.key));
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
    entries: (node) => mapping(node)?.first ?? new Map(),
    occurrences: (node, name) => mapping(node)?.all.get(name) ?? [],
    holder: (node) => holders.get(node),
    isShared: (node) => shared.has(node),
    inFlow: (node) => flow.has(node),
    isCut: () => budget.left < 0,
    sequenceOffset,
  };
}

/** The roots of a text's documents. The first error is told for all: those behind it mostly follow from it. */
function parse(text: string, errors: YamlError[]): (ParsedNode | undefined)[] {
  try {
    // The failsafe schema knows no numbers or booleans, so that `user: 0` and `mode: 0755` stay as written.
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
    const error = documents.flatMap((document) => document.errors)[0];
    if (error) {
      const [start, end] = error.pos.map((at) => Math.min(at, text.length)) as [number, number];
      errors.push({ span: { start, end }, text: `This is not YAML: ${error.message}` });
    }
    return documents.map(({ contents }) => contents ?? undefined);
  } catch {
    errors.push({ span: { start: 0, end: 0 }, text: "The file cannot be read as YAML." });
    return [];
  }
}

/** The keys that a mapping gives twice, which YAML does not allow. */
function repeatedKeys(text: string, map: YAMLMap): YamlError[] {
  const seen = new Set<string>();
  return (map.items as Entry["pair"][]).flatMap((pair) => {
    const name = nameOf(pair);
    if (name === undefined || !seen.has(name)) {
      if (name !== undefined) seen.add(name);
      return [];
    }
    const span = { start: startOf(pair.key), end: pair.key.range?.[1] ?? startOf(pair.key) };
    return [{ span, text: `The key ${text.slice(span.start, span.end)} is given twice.` }];
  });
}

function holds(node: Node, other: Node): boolean {
  return startOf(node) <= startOf(other) && startOf(other) < (node.range?.[1] ?? 0);
}

function badAlias(alias: Alias, target: Node | undefined): YamlError {
  const start = startOf(alias);
  const why = target
    ? `The alias *${alias.source} stands inside its own anchor.`
    : `There is no anchor &${alias.source} before this alias.`;
  return { span: { start, end: alias.range?.[1] ?? start }, text: why };
}

interface Visit {
  /** The entry that the node is the value of. */
  readonly holder?: Entry;
  readonly inFlow: boolean;
}

/** Visits every node in the order of the text, with the anchors known at that place. */
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
      if (!isPair(item)) open.push({ node: item as Node, inFlow });
      else if (isMap(node)) {
        const pair = item as Entry["pair"];
        if (pair.value) open.push({ node: pair.value, holder: { owner: node, pair }, inFlow });
        if (pair.key) open.push({ node: pair.key, inFlow });
      }
    }
  }
}

/** The entries of a mapping by name: those that count, and all in the order in which they are looked for. */
interface Mapping {
  readonly first: ReadonlyMap<string, Entry>;
  readonly all: ReadonlyMap<string, readonly Entry[]>;
}

/** A mapping's own entries, then those of the mappings it merges, each of them once, as the budget of the file allows. */
function flatten(root: YAMLMap, resolve: (node: unknown) => Node | undefined, budget: Budget): Mapping {
  const first = new Map<string, Entry>();
  const all = new Map<string, Entry[]>();
  const seen = new Set<YAMLMap>([root]);
  const open = [root];
  for (let owner = open.pop(); owner; owner = open.pop()) {
    const own = new Map<string, Entry[]>();
    const merged: YAMLMap[] = [];
    for (const pair of owner.items as Entry["pair"][]) {
      const name = nameOf(pair);
      if (name === undefined) continue;
      if (!isMergeKey(pair.key)) {
        const same = own.get(name);
        if (same) same.push({ owner, pair });
        else own.set(name, [{ owner, pair }]);
        continue;
      }
      const value = resolve(pair.value);
      for (const source of isSeq(value) ? value.items.map(resolve) : [value]) {
        if (!isMap(source) || seen.has(source) || !spend(budget, source.items.length)) continue;
        seen.add(source);
        merged.push(source);
      }
    }
    for (const [name, entries] of own) {
      entries.reverse();
      const others = all.get(name);
      if (!others) first.set(name, entries[0] as Entry);
      if (others) others.push(...entries);
      else all.set(name, entries);
    }
    open.push(...merged.reverse());
  }
  return { first, all };
}

function isMergeKey(key: Node): boolean {
  return isScalar(key) && key.type === "PLAIN" && (key.value === "<<" || typeof key.value === "symbol");
}
