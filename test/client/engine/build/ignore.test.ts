import dockerignore from "@balena/dockerignore";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readIgnore } from "../../../../client/src/engine/build/ignore";

function ignored(text: string, paths: readonly string[], windows = false) {
  const { ignores } = readIgnore(text, windows);
  return paths.filter(ignores);
}

describe("patterns", () => {
  test.each([
    [
      "node_modules",
      ["node_modules", "node_modules/a", "a/node_modules"],
      ["node_modules", "node_modules/a"],
    ],
    [
      "**/node_modules",
      ["node_modules", "a/b/node_modules/c", "a/x"],
      ["node_modules", "a/b/node_modules/c"],
    ],
    ["*.log", ["a.log", "b/a.log", "a.logs"], ["a.log"]],
    ["**/*.log", ["a.log", "b/a.log"], ["a.log", "b/a.log"]],
    ["a/**", ["a", "a/b", "a/b/c"], ["a/b", "a/b/c"]],
    ["**", ["a", "b/c"], ["a", "b/c"]],
    ["*\n!keep", ["a", "keep", "keep/x", "b/keep"], ["a", "b/keep"]],
    ["*\n!a/b", ["a", "a/b", "a/b/c", "a/d"], ["a", "a/d"]],
    ["!a\na", ["a"], ["a"]],
    ["/a/", ["a", "b/a"], ["a"]],
    ["./a//b/../c", ["a/c", "a/b"], ["a/c"]],
    ["# a\n#b\na", ["# a", "#b", "a"], ["a"]],
    ["  a  \n\n\t", ["a"], ["a"]],
    ["\uFEFFa\r\nb\r\n", ["a", "b"], ["a", "b"]],
    ["a?c", ["abc", "a/c", "ac"], ["abc"]],
    ["[a-c]x", ["ax", "dx"], ["ax"]],
    ["[^a]x", ["ax", "dx"], ["dx"]],
    ["\\*", ["*", "a"], ["*"]],
    ["a(b", ["a(b"], ["a(b"]],
    ["a+b|c$", ["a+b|c$", "aab"], ["a+b|c$"]],
    ["constructor", ["constructor", "toString"], ["constructor"]],
    ["!\n!  \n.", ["a"], []],
  ])("%j", (text, paths, expected) => {
    expect(ignored(text, paths)).toEqual(expected);
  });

  test("on Windows a backslash separates", () => {
    expect(ignored("a\\b", ["a/b", "ab"], true)).toEqual(["a/b"]);
    expect(ignored("a\\b", ["a/b", "ab"])).toEqual(["ab"]);
  });

  test("a pattern that an engine refuses is named", () => {
    expect(() => readIgnore("ok\n[a", false)).toThrow(/^\[a$/);
    expect(() => readIgnore("[z-a]", false)).toThrow(/^\[z-a\]$/);
  });

  test("the same is ignored as by the library that others use", () => {
    const name = fc.constantFrom("a", "b", "ab", ".c", "a.b");
    const path = fc.array(name, { minLength: 1, maxLength: 4 }).map((names) => names.join("/"));
    const word = fc.constantFrom("a", "b", "*", "**", "a*", "?", ".c", "*.b");
    const pattern = fc
      .tuple(fc.boolean(), fc.array(word, { minLength: 1, maxLength: 3 }))
      .map(([negative, words]) => `${negative ? "!" : ""}${words.join("/")}`);
    fc.assert(
      fc.property(fc.array(pattern, { maxLength: 4 }), path, (patterns, path) => {
        const theirs = dockerignore({ ignorecase: false }).add(patterns).ignores(path);
        expect(readIgnore(patterns.join("\n"), false).ignores(path)).toBe(theirs);
      }),
      { numRuns: 2000 },
    );
  });
});

describe("folders that need not be looked into", () => {
  test.each([
    ["a", "a", true],
    ["a\n!a/b", "a", false],
    ["*\n!b/c", "a", true],
    ["*\n!b/c", "b", false],
    ["*\n!b/c", "b/x", true],
    ["*\n!**/c", "a/b", false],
    ["*\n!*/c", "a", false],
    ["*\n!b", "b/c", false],
  ])("%j: %s %s", (text, folder, prunes) => {
    expect(readIgnore(text, false).prunes(folder)).toBe(prunes);
  });

  test("nothing that is taken in lies below one", () => {
    const name = fc.constantFrom("a", "b", "c");
    const path = fc.array(name, { minLength: 2, maxLength: 4 });
    const word = fc.constantFrom("a", "b", "*", "**", "a*", "[ab]");
    const pattern = fc
      .tuple(fc.boolean(), fc.array(word, { minLength: 1, maxLength: 3 }))
      .map(([negative, words]) => `${negative ? "!" : ""}${words.join("/")}`);
    fc.assert(
      fc.property(fc.array(pattern, { maxLength: 4 }), path, (patterns, names) => {
        const { ignores, prunes } = readIgnore(patterns.join("\n"), false);
        const folder = names.slice(0, -1).join("/");
        if (ignores(folder) && prunes(folder)) expect(ignores(names.join("/"))).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});
