import { describe, expect, test } from "vitest";
import { nodesOf, type Parsed, parsed } from "./parsed";
import { degreeOf } from "./regexp-cost";

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

/** Every regular expression that a file writes down. */
function literalsOf({ path, tree }: Parsed): Literal[] {
  return nodesOf(tree())
    .map(({ regex }) => regex)
    .filter((regex) => regex !== undefined)
    .map(({ pattern, flags }) => ({ path, source: pattern, flags }));
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
  test("none takes more than linear time, unless the text is short", () => {
    const known = new Map<string, number>();
    const degree = ({ source, flags }: Literal) => {
      const key = `/${source}/${flags}`;
      const found = known.get(key) ?? degreeOf(source, flags);
      known.set(key, found);
      return found;
    };
    const bad = parsed()
      .flatMap(literalsOf)
      .filter((literal) => {
        const most = bounded.some(([path]) => path.test(literal.path)) ? 2 : 1;
        return degree(literal) > most;
      });
    expect(bad.map((each) => `${degree(each)} ${each.path}: /${each.source}/${each.flags}`)).toEqual([]);
  });

  test("none is made of a text", () => {
    const bad = parsed()
      .filter(({ text }) => /\bRegExp\(/.test(text))
      .map(({ path }) => path);
    expect(bad).toEqual([]);
  });
});
