import { readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { parseAst } from "vitest/node";
import { once } from "../../server/src/core/base/once";

const root = join(__dirname, "../..");

/** A node of the syntax tree (ESTree); places are offsets in the text. */
export interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly source?: { readonly value?: unknown } | null;
  readonly regex?: { readonly pattern: string; readonly flags: string };
}

/** A source file; its path is relative to the repository, with slashes. */
export interface Parsed {
  readonly path: string;
  readonly text: string;
  readonly tree: () => Node;
  /** The names that it imports as they are written, also for types, each once. */
  readonly imports: () => readonly string[];
}

/** The TypeScript files of the product, by path. Each is read once, and parsed when that is requested. */
const sources = once(() => {
  const paths = ["client/src", "server/src"].flatMap(pathsBelow);
  return new Map(paths.map((path) => [path, parse(path, readFileSync(join(root, path), "utf8"))]));
});

function pathsBelow(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => posix.join(folder, name.replaceAll("\\", "/")));
}

/** Every file of the product, or every one below a directory. */
export function parsed(folder = ""): Parsed[] {
  return [...sources().values()].filter(({ path }) => path.startsWith(folder && `${folder}/`));
}

/** The file of the product with that path. Throws when it is not there. */
export function fileAt(path: string): Parsed {
  const file = sources().get(path);
  if (!file) throw new Error(`There is no ${path}.`);
  return file;
}

/** A text as if it were a file of the product. */
export function parse(path: string, text: string): Parsed {
  const tree = once(() => parseAst(text, { lang: "ts" }) as unknown as Node);
  return { path, text, tree, imports: once(() => namesOf(tree())) };
}

/** The nodes directly below one. */
export function childrenOf(node: Node): Node[] {
  return Object.values(node)
    .flat()
    .filter((value): value is Node => typeof value?.type === "string");
}

/** A node and all below it, in the order of the text. */
export function nodesOf(tree: Node): Node[] {
  const found: Node[] = [];
  const open = [tree];
  for (let node = open.pop(); node; node = open.pop()) {
    found.push(node);
    open.push(...childrenOf(node).reverse());
  }
  return found;
}

/** Every form counts: `import … from`, `export … from`, `import("…")` as a value and as a type. */
function namesOf(tree: Node): string[] {
  const names = nodesOf(tree).map(({ source }) => source?.value);
  return [...new Set(names.filter((name) => typeof name === "string"))];
}

/** What a file imports: a file of this project by its path, anything else by its name. */
export function importsOf({ path, imports }: Parsed): string[] {
  return imports().map((name) => (name.startsWith(".") ? fileOf(path, name) : name));
}

function fileOf(importer: string, name: string): string {
  const path = posix.join(posix.dirname(importer), name);
  return [`${path}.ts`, `${path}/index.ts`].find((each) => sources().has(each)) ?? path;
}
