import { describe, expect, test } from "vitest";
import { Document, parse, parseDocument, visit } from "yaml";
import { fixAll } from "../../server/src/core/lint/fix";
import { rules } from "../../server/src/core/lint/rules/index";
import { exampleProject, examplesOf, lintExample, readMarks } from "./example";

// The same file in another style has the same findings, and its fixes leave it whole.
const cases = rules.flatMap((rule) =>
  examplesOf(rule).map((example) => [rule.id, example.says, rule, example] as const),
);
const isCompose = (text: string) => /^services:/m.test(text);

describe("in flow style", () => {
  const compose = cases.filter(([, , , { source }]) => isCompose(readMarks(source).text));
  test("is every example of a compose file", () => expect(compose.length).toBeGreaterThan(50));
  test.each(compose)("%s: %s", (_, __, rule, example) => {
    const { text } = readMarks(example.source);
    const flow = inFlow(text);
    const found = (source: string) =>
      lintExample(rule, example, source, [rule]).findings.map(({ message }) => message.key);
    expect(found(flow).sort()).toEqual(found(text).sort());
    const { uri, snapshot } = exampleProject(rule, example, flow);
    const settings = { rules: {}, target: example.target };
    const once = fixAll({ uri, text: flow, snapshot, settings }).text;
    expect(parseDocument(once).errors).toEqual([]);
    expect(fixAll({ uri, text: once, snapshot, settings }).text).toBe(once);
  });
});

describe("with tabs", () => {
  const dockerfiles = cases.filter(([, , , { source }]) => !isCompose(readMarks(source).text));
  test("is every other example", () => expect(dockerfiles.length).toBeGreaterThan(50));
  test.each(dockerfiles)("%s: %s", (_, __, rule, example) => {
    const { text } = readMarks(example.source);
    const tabbed = text.replace(/^(\s*[A-Z]+) (?!.*<<)/gm, "$1\t");
    const found = (source: string) =>
      lintExample(rule, example, source, [rule]).findings.map(({ message }) => message.key);
    expect(found(tabbed)).toEqual(found(text));
    const { uri, snapshot } = exampleProject(rule, example, tabbed);
    const settings = { rules: {}, target: example.target };
    const once = fixAll({ uri, text: tabbed, snapshot, settings }).text;
    expect(fixAll({ uri, text: once, snapshot, settings }).text).toBe(once);
  });
});

/** The same document with every collection of a service in braces and brackets. */
function inFlow(text: string): string {
  const document = new Document(parse(text, { merge: true }));
  visit(document, {
    Map: (_, node, path) => {
      node.flow = path.length > 2;
    },
    Seq: (_, node) => {
      node.flow = true;
    },
  });
  return document.toString({ lineWidth: 0 });
}
