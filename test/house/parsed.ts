import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { parseAst } from "vitest/node";

const root = join(__dirname, "../..");

/** A node of the syntax tree (ESTree); places are offsets in the text. */
export interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly source?: { readonly value?: unknown } | null;
}

/** A source file; its path is relative to the repository, with slashes. */
export interface Parsed {
  readonly path: string;
  readonly text: string;
  readonly tree: Node;
}

/** Parses every TypeScript file below folders of the repository. */
export function parsed(folders: readonly string[]): Parsed[] {
  return folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts"))
      .map((name) => {
        const path = posix.join(folder, name.replaceAll("\\", "/"));
        const text = readFileSync(join(root, path), "utf8");
        return { path, text, tree: treeOf(text) };
      }),
  );
}

/** The syntax tree of TypeScript. */
export function treeOf(text: string): Node {
  return parseAst(text, { lang: "ts" }) as unknown as Node;
}

/** The nodes directly below one. */
export function childrenOf(node: Node): Node[] {
  return Object.values(node)
    .flat()
    .filter((value): value is Node => typeof value?.type === "string");
}

/**
 * What a file imports, also for its types: a file of ours by its path, anything else by its name. Every form counts:
 * `import … from`, `export … from`, `import("…")` as a value and as a type.
 */
export function importsOf({ path, tree }: Pick<Parsed, "path" | "tree">): string[] {
  const found: string[] = [];
  const visit = (node: Node) => {
    const name = node.source?.value;
    if (typeof name === "string") found.push(name.startsWith(".") ? fileOf(path, name) : name);
    childrenOf(node).forEach(visit);
  };
  visit(tree);
  return [...new Set(found)];
}

function fileOf(importer: string, name: string): string {
  const path = posix.join(posix.dirname(importer), name);
  return [`${path}.ts`, `${path}/index.ts`].find((each) => existsSync(join(root, each))) ?? path;
}
