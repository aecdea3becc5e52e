import { describe, expect, test } from "vitest";
import { filled, format } from "../../server/src/core/base/message";
import { applyEdits } from "../../server/src/core/base/text";
import { nameOf } from "../../server/src/core/docs/marks";
import { dedent } from "../../server/src/core/docs/page";
import type { Example } from "../../server/src/core/lint/example";
import { fixAll } from "../../server/src/core/lint/fix";
import type { Rule } from "../../server/src/core/lint/rule";
import { rules } from "../../server/src/core/lint/rules/index";
import { exampleProject, examplesOf, lintExample, placeOf, readMarks } from "./example";

const crlf = (text: string) => text.replace(/\n/g, "\r\n");

for (const rule of rules) {
  describe(rule.id, () => {
    for (const example of examplesOf(rule)) {
      const { text, marks } = readMarks(example.source);
      describe(example.says, () => {
        test("is found at the marked places and nowhere else", () => check(rule, example, text));
        test("is found likewise with CRLF", () => check(rule, example, crlf(text)));
        if (marks.length === 0) {
          test("is clean under all rules", () => expect(everything(rule, example, text)).toEqual([]));
        }
        if (example.fixed === undefined) return;
        const fixed = dedent(example.fixed);
        test("is repaired by the first fix of each finding", () =>
          expect(repair(rule, example, text)).toBe(fixed));
        test("is repaired likewise with CRLF", () =>
          expect(repair(rule, example, crlf(text))).toBe(crlf(fixed)));
        test("is clean under all rules after the fix", () =>
          expect(everything(rule, repaired(example), fixed)).toEqual([]));
        for (const [name, body] of Object.entries(example.fixedFiles ?? {})) {
          test(`repairs ${name} with it`, () => expect(repair(rule, example, text, name)).toBe(dedent(body)));
        }
      });
    }

    test("has an example that is found and one that is not", () => {
      const marked = examplesOf(rule).map(({ source }) => readMarks(source).marks.length > 0);
      expect(marked).toContain(true);
      expect(marked).toContain(false);
    });

    test("has an example of its repair, if it offers any", () => {
      const offered = examplesOf(rule).filter((example) =>
        lintExample(rule, example, readMarks(example.source).text, [rule]).findings.some(
          ({ fixes }) => fixes.length > 0,
        ),
      );
      const shown = examplesOf(rule).filter(({ fixed }) => fixed !== undefined);
      expect(shown.length > 0).toBe(offered.length > 0);
    });

    test("says its messages in findings, and the titles of its fixes in fixes", () => {
      const { messages, fixes: titles = {} } = rule;
      const findings = examplesOf(rule).flatMap(
        (example) => lintExample(rule, example, readMarks(example.source).text, [rule]).findings,
      );
      const namesOf = (keys: readonly string[]) =>
        keys.flatMap((key) => (key.startsWith(`${rule.id}.`) ? (key.split(".")[1] ?? "") : []));
      const said = findings.flatMap(({ message, related }) => [
        message.key,
        ...related.map((one) => one.message.key),
      ]);
      const titled = findings.flatMap(({ fixes }) => fixes.map(({ title }) => title.key));
      expect(namesOf(said).filter((name) => !Object.hasOwn(messages, name))).toEqual([]);
      expect(namesOf(titled).filter((name) => !Object.hasOwn(titles, name))).toEqual([]);
    });

    test("fixing twice is fixing once", () => {
      for (const example of examplesOf(rule)) {
        const { text } = readMarks(example.source);
        const project = exampleProject(rule, example, text);
        const input = { ...project, settings: { rules: {}, target: example.target } };
        const once = fixAll({ ...input, text }).text;
        expect(fixAll({ ...input, text: once }).text).toBe(once);
      }
    });
  });
}

function check(rule: Rule, example: Example, text: string): void {
  const { marks } = readMarks(example.source);
  const { findings, failures } = lintExample(rule, example, text, [rule]);
  expect(failures).toEqual([]);
  const seen = findings.map(({ span, message }) => ({
    ...placeOf(text, span),
    message: nameOf(rule, message),
  }));
  expect(seen).toEqual(marks.map(({ argument: _, ...mark }) => mark));
  for (const [index, { argument }] of marks.entries()) {
    const said = Object.values(findings[index]?.message.args ?? {}).map((each) => filled(each));
    expect(said.join("\n")).toContain(argument);
  }
}

/** The first fix of every finding of this rule, applied together: the example itself, or another of its files. */
function repair(rule: Rule, example: Example, text: string, name?: string): string {
  const { findings } = lintExample(rule, example, text, [rule]);
  const { uri, snapshot } = exampleProject(rule, example, text);
  const edited = name === undefined ? uri : new URL(name, uri).href;
  const edits = findings.flatMap(({ fixes }) => fixes[0]?.edits ?? []);
  return applyEdits(
    snapshot.read(edited) ?? "",
    edits.filter((edit) => (edit.uri ?? uri) === edited),
  );
}

/** The example with its other files as the fix leaves them. */
function repaired(example: Example): Example {
  return { ...example, files: example.files && { ...example.files, ...example.fixedFiles } };
}

function everything(rule: Rule, example: Example, text: string): string[] {
  const { findings, failures } = lintExample(rule, example, text);
  expect(failures).toEqual([]);
  return findings.map(({ rule: id, message }) => `${id}: ${format(message)}`);
}
