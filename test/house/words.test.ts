import { describe, expect, test } from "vitest";
import { format } from "../../server/src/core/base/message";
import { rules } from "../../server/src/core/lint/rules/index";
import { examplesOf, lintExample, readMarks } from "../core/example";
import { type Prose, proseOf, proseOfProject } from "./prose";
import { allowed, unwanted } from "./words";

/** A space of a pattern matches a line break too, with the marks of a comment. */
const spaced = (pattern: string) => pattern.replaceAll(" ", "(?:\\s|[*#]|//)+");
const words = unwanted.map(({ word, write }) => ({
  write,
  pattern: new RegExp(`\\b(?:${spaced(word)})\\b`, "giu"),
}));
const exceptions = new RegExp(allowed.map(spaced).join("|"), "giu");

/** The unwanted words of a text, each with its place and what to write instead. */
function wordsIn({ path, line, text }: Prose): string[] {
  const rest = text.replace(exceptions, (found) => found.replace(/[^\n]/g, "\0"));
  return words.flatMap(({ pattern, write }) =>
    Array.from(rest.matchAll(pattern), (match) => {
      const at = line + rest.slice(0, match.index).split("\n").length - 1;
      return `${path}:${at}: "${match[0].replace(/\s+/g, " ")}": write ${write}`;
    }),
  );
}

describe("plain words", () => {
  test("no text for readers, and no comment, contains a word of the list", () => {
    expect(proseOfProject().flatMap(wordsIn)).toEqual([]);
  });

  test.each([
    ["a.md", "It\nhangs\non this.", ['a.md:2: "hangs on": write depends on']],
    ["a.md", "A virtual machine with /etc/machine-id.", []],
    [
      "client/src/a.ts",
      "/** Of\n * its own. */",
      ['client/src/a.ts:1: "Of * its own": write separate, private, custom or its'],
    ],
    ["client/src/a.ts", 'const a = "It hangs on this";', ['client/src/a.ts:1: "hangs on": write depends on']],
    ["client/src/a.ts", "const folder = 1; // hangs on", ['client/src/a.ts:1: "hangs on": write depends on']],
    ["client/src/a.ts", 'const a = "http://a anew";', ['client/src/a.ts:1: "anew": write again']],
    ["test/a.ts", 'const a = "It hangs on this // anew";', []],
    ["package.json", '{\n"a": "It hangs on this"\n}', ['package.json:2: "hangs on": write depends on']],
    ["examples/Dockerfile", "FROM folder\n# anew\n", ['examples/Dockerfile:2: "anew": write again']],
  ])("%s: %j", (path, text, found) => {
    expect(proseOf(path, text).flatMap(wordsIn)).toEqual(found);
  });
});

describe("messages of rules", () => {
  test("are one line of at most 160 characters, with the arguments of the examples", () => {
    const long = rules.flatMap((rule) =>
      examplesOf(rule)
        .flatMap((example) => {
          const { findings } = lintExample(rule, example, readMarks(example.source).text, [rule]);
          return findings
            .map(({ message }) => format(message))
            .filter((text) => text.length > 160 || text.includes("\n"));
        })
        .map((text) => `${rule.id}: ${text.length}: ${text}`),
    );
    expect([...new Set(long)]).toEqual([]);
  });

  test("are of at most 20 words in the median", () => {
    const counts = rules
      .flatMap(({ messages }) => Object.values(messages))
      .map((template) => template.split(/\s+/).length)
      .sort((a, b) => a - b);
    expect(counts[Math.floor(counts.length / 2)]).toBeLessThanOrEqual(20);
  });
});
