import { expect, test } from "vitest";
import { childrenOf, type Node, parsed, treeOf } from "./parsed";

/** Folders whose functions are short. */
const folders: readonly string[] = ["client/src", "server/src"];

/** A function of ours has fewer lines. */
const limit = 60;

interface Measured {
  readonly name: string;
  readonly lines: number;
}

/** Every function of a text with its own lines: those of functions that are defined inside it count for these alone. */
function functionsOf(text: string): Measured[] {
  const found: Measured[] = [];
  const breaks = ({ start, end }: Node) => text.slice(start, end).split("\n").length - 1;
  /** Gives the line breaks that belong to functions inside a node. */
  const visit = (node: Node, name: string): number => {
    const own = nameOf(node) ?? name;
    const inner = childrenOf(node).reduce((sum, child) => sum + visit(child, own), 0);
    if (!/^(FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/.test(node.type)) return inner;
    found.push({ name: own, lines: breaks(node) + 1 - inner });
    return breaks(node);
  };
  visit(treeOf(text), "");
  return found;
}

function nameOf(node: Node): string | undefined {
  const { id, key } = node as { id?: { name?: string } | null; key?: { name?: string } };
  return id?.name ?? key?.name;
}

test("a function's length is its lines without those of functions inside it", () => {
  const text = `function outer() {
    const short = list.map((each) => each);
    const long = () => {
      one();
      return { method() { two(); } };
    };
    return long;
  }`;
  expect(functionsOf(text)).toEqual([
    { name: "short", lines: 1 },
    { name: "method", lines: 1 },
    { name: "long", lines: 4 },
    { name: "outer", lines: 5 },
  ]);
});

test(`every function has fewer than ${limit} lines`, () => {
  const long = parsed(folders).flatMap(({ path, text }) =>
    functionsOf(text)
      .filter(({ lines }) => lines >= limit)
      .map(({ name, lines }) => `${path}: ${name} has ${lines}`),
  );
  expect(long).toEqual([]);
});
