import { expect, test } from "vitest";
import { childrenOf, type Node, type Parsed, parse, parsed } from "./parsed";

/** A function of this project has fewer lines. */
const limit = 60;

interface Measured {
  readonly name: string;
  readonly lines: number;
}

/** Every function of a file with its own lines: those of functions that are defined inside it count for these alone. */
function functionsOf({ text, tree }: Parsed): Measured[] {
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
  visit(tree(), "");
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
  expect(functionsOf(parse("x.ts", text))).toEqual([
    { name: "short", lines: 1 },
    { name: "method", lines: 1 },
    { name: "long", lines: 4 },
    { name: "outer", lines: 5 },
  ]);
});

test(`every function has fewer than ${limit} lines`, () => {
  const long = parsed().flatMap((file) =>
    functionsOf(file)
      .filter(({ lines }) => lines >= limit)
      .map(({ name, lines }) => `${file.path}: ${name} has ${lines}`),
  );
  expect(long).toEqual([]);
});
