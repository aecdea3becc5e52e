import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ignoreGlob, shellGlob } from "../../server/src/core/base/glob";

describe("patterns of find and of the shell", () => {
  test.each([
    ["*", ["", "a", "a/b"], []],
    ["*journald*", ["systemd-journald.service"], ["journal"]],
    ["*.wants/*", ["/etc/systemd/system/multi-user.target.wants/a.service"], ["a.wants"]],
    ["a?c", ["abc", "a/c", "a\u{1F600}c"], ["ac", "abbc"]],
    ["[a-cx]1", ["a1", "c1", "x1"], ["d1", "a"]],
    ["[!a]", ["b", "/"], ["a", ""]],
    ["[^a]", ["b"], ["a"]],
    ["[]a]", ["]", "a"], ["b"]],
    ["[!]a]", ["b"], ["]", "a"]],
    ["[a-]", ["a", "-"], ["b"]],
    ["[\\]]", ["]"], ["\\"]],
    ["[[:digit:]]x", ["1x"], ["ax", ":x"]],
    ["[a", ["[a"], ["a"]],
    ["\\*", ["*"], ["a"]],
    ["a.b+(c)$", ["a.b+(c)$"], ["aab+(c)$"]],
    ["a\\", ["a\\"], ["a"]],
  ])("%s", (pattern, matching, others) => {
    const glob = shellGlob(pattern);
    expect(matching.filter((text) => !glob(text))).toEqual([]);
    expect(others.filter(glob)).toEqual([]);
  });

  test("a range that goes backwards matches nothing", () => {
    expect(shellGlob("[z-a]")("b")).toBe(false);
  });
});

test("stars are matched as by a regular expression", () => {
  const text = fc.string({ unit: fc.constantFrom("a", "b", "/"), maxLength: 8 });
  const pattern = fc.string({ unit: fc.constantFrom("a", "b", "/", "*", "?"), maxLength: 8 });
  fc.assert(
    fc.property(pattern, text, (pattern, text) => {
      const source = pattern.replaceAll("*", ".*").replaceAll("?", ".");
      expect(shellGlob(pattern)(text)).toBe(new RegExp(`^${source}$`).test(text));
    }),
    { numRuns: 2000 },
  );
});

describe("a pattern of many stars costs its length times that of the text", () => {
  test.each([
    ["find", shellGlob],
    [".dockerignore", (pattern: string) => ignoreGlob(pattern, true)],
  ])("%s", (_, read) => {
    const long = "a".repeat(2000);
    expect(read(`${"*a".repeat(1000)}*b`)(long)).toBe(false);
    expect(read(`${"*".repeat(3000)}Z`)(long)).toBe(false);
    expect(read(`${"**/a".repeat(400)}b`)("a/".repeat(400))).toBe(false);
  });

  test("a class without end", () => {
    expect(shellGlob(`[${"\\a".repeat(2000)}`)("a")).toBe(false);
    expect(() => ignoreGlob(`[${"\\a".repeat(2000)}`, true)).toThrow("a class without end");
  });

  test("a pattern longer than any path matches nothing, or is refused", () => {
    expect(shellGlob("*".repeat(5000))("a")).toBe(false);
    expect(() => ignoreGlob("*".repeat(5000), true)).toThrow("too long");
  });
});
