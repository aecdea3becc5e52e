import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parseAst } from "vitest/node";
import { degreeOf } from "./regexp-cost";

const root = join(__dirname, "../..");

/** Files whose texts are short whatever the input is, so that a square of their length is little. */
const bounded: readonly (readonly [RegExp, string])[] = [
  [/^server\/src\/core\/logs\/(rows\/\w+|explain)\.ts$/, "a line of a log is cut to 2,000 characters"],
  [/^client\/src\/engine\/errors\.ts$/, "what an engine answers is cut to 8,000 characters"],
];

interface Literal {
  readonly path: string;
  readonly source: string;
  readonly flags: string;
}

interface Source {
  readonly path: string;
  readonly text: string;
}

const sources: Source[] = ["server/src", "client/src"].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => ({
      path: `${folder}/${name.replaceAll("\\", "/")}`,
      text: readFileSync(join(root, folder, name), "utf8"),
    })),
);

/** Every regular expression that a file writes down. */
function literalsOf({ path, text }: Source): Literal[] {
  const found: Literal[] = [];
  const visit = (node: unknown) => {
    if (typeof node !== "object" || node === null) return;
    const { regex } = node as { regex?: { pattern: string; flags: string } };
    if (regex) found.push({ path, source: regex.pattern, flags: regex.flags });
    else for (const child of Object.values(node)) visit(child);
  };
  visit(parseAst(text, { lang: "ts" }).body);
  return found;
}

describe("how the time of a regular expression grows", () => {
  test.each([
    [/^[ \t]*#/m, 1],
    [/^\w+=([^;]*)$/, 1],
    [/(?:[ab]|\\.)*"/y, 1],
    [/^a*a*$/, 2],
    [/\s+$/, 2],
    [/from.*to/, 2],
    [/[^/]*$/, 2],
    [/x(?!.*y)/, 2],
    [/^\s*x/m, 2],
    [/^a*a*a*$/, 3],
    [/(a+)+$/, Infinity],
    [/^(?:\\.|[^\]])*\]/, Infinity],
    [/^(\w+\s?)*$/, Infinity],
  ])("%s: %d", (pattern, degree) => {
    expect(degreeOf(pattern.source, pattern.flags)).toBe(degree);
  });
});

describe("regular expressions", () => {
  test("none takes more time than a text is long, unless the text is short", () => {
    const known = new Map<string, number>();
    const degree = ({ source, flags }: Literal) => {
      const key = `/${source}/${flags}`;
      const found = known.get(key) ?? degreeOf(source, flags);
      known.set(key, found);
      return found;
    };
    const bad = sources.flatMap(literalsOf).filter((literal) => {
      const most = bounded.some(([path]) => path.test(literal.path)) ? 2 : 1;
      return degree(literal) > most;
    });
    expect(bad.map((each) => `${degree(each)} ${each.path}: /${each.source}/${each.flags}`)).toEqual([]);
  });

  test("none is made of a text", () => {
    const bad = sources.filter(({ text }) => /\bRegExp\(/.test(text)).map(({ path }) => path);
    expect(bad).toEqual([]);
  });
});
