import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Node, nodesOf, parse } from "./parsed";

const root = join(__dirname, "../..");

/** A text for readers in a file, at an offset of that file. */
export interface Prose {
  readonly path: string;
  readonly line: number;
  readonly text: string;
}

/**
 * Every text that people read: the literals and comments of the product, the comments of tests and scripts, the
 * manifest, the snippets, the documentation and the examples. What is generated of these texts is left out.
 */
export function proseOfProject(): Prose[] {
  return [
    ...filesBelow("client/src", /\.ts$/).filter((path) => path !== "client/src/rules.ts"),
    ...filesBelow("server/src", /\.ts$/),
    ...filesBelow("test", /\.ts$/),
    ...filesBelow("docs", /\.md$/).filter((path) => !path.startsWith("docs/rules/")),
    ...filesBelow("snippets", /\.json$/),
    ...filesBelow("examples", /./),
    ...filesBelow(".ci", /./),
    ...["README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "package.json", "package.nls.json"],
    "esbuild.mjs",
  ].flatMap((path) => proseOf(path, readFileSync(join(root, path), "utf8")));
}

/** The texts for readers in one file. */
export function proseOf(path: string, text: string): Prose[] {
  if (path.endsWith(".md")) return [{ path, line: 1, text }];
  if (path.endsWith(".json")) return matchesIn(path, text, /(?<=(?:: |^\s*)")(?:[^"\\]|\\.)+(?=",?$)/gm);
  if (!/\.(?:ts|mjs)$/.test(path)) return matchesIn(path, text, /^[ \t]*#(?!!).*$(?:\n^[ \t]*#.*$)*/gm);
  const { tree } = parse(path, text);
  const literals = nodesOf(tree()).filter(isText);
  const prose = literals.filter(({ start, end }) => /\p{L}\s+\p{L}/u.test(text.slice(start, end)));
  const shown = path.startsWith("test/") ? [] : prose.filter((node) => !isCode(path, text, node));
  return [
    ...shown.map(({ start, end }) => ({ path, line: lineAt(text, start), text: text.slice(start, end) })),
    ...matchesIn(path, without(text, literals), /\/\*[\s\S]*?\*\/|(?:^|[\s;{}(])\/\/.*$(?:\n\s*\/\/.*$)*/gm),
  ];
}

function filesBelow(directory: string, name: RegExp): string[] {
  return readdirSync(join(root, directory), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && name.test(entry.name))
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(root.length + 1)
        .replaceAll("\\", "/"),
    )
    .sort();
}

/** A string, a piece of a template or a regular expression: nothing in it is a comment. */
function isText(node: Node): boolean {
  const { value } = node as { value?: unknown };
  return (
    node.type === "TemplateElement" ||
    (node.type === "Literal" && (typeof value === "string" || !!node.regex))
  );
}

/** Files in examples of rules are code: only their captions are texts. A regular expression is code as well. */
function isCode(path: string, text: string, { start, regex }: Node): boolean {
  if (regex) return true;
  return path.startsWith("server/src/core/lint/examples/") && !/\bsays:\s*["`]?$/.test(text.slice(0, start));
}

/** The text with the insides of literals as dashes, lines kept. */
function without(text: string, literals: readonly Node[]): string {
  const pieces: string[] = [];
  let from = 0;
  for (const { start, end } of [...literals].sort((a, b) => a.start - b.start)) {
    if (start < from) continue;
    pieces.push(text.slice(from, start), text.slice(start, end).replace(/[^\n]/g, "-"));
    from = end;
  }
  return [...pieces, text.slice(from)].join("");
}

function matchesIn(path: string, text: string, pattern: RegExp): Prose[] {
  return Array.from(text.matchAll(pattern), (match) => ({
    path,
    line: lineAt(text, match.index),
    text: match[0],
  }));
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}
