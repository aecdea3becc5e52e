import { describe, expect, test } from "vitest";
import { format } from "../../server/src/core/base/message";
import { applyEdits } from "../../server/src/core/base/text";
import { keyOf } from "../../server/src/core/lint/fix";
import { type LintInput, lint } from "../../server/src/core/lint/lint";
import type { Finding, Fix, Rule } from "../../server/src/core/lint/rule";
import { rules } from "../../server/src/core/lint/rules/index";
import { exampleProject, examplesOf, readMarks, settingsOf } from "./example";

// A fix that is offered settles what it is offered for: applied on its own, there are fewer such findings. Dockerfiles
// are also tried with the program named first, where what is inserted before it is above every build step, and twice.

const program = /^(CMD|ENTRYPOINT) .*\n/gm;

/** The same image with CMD and ENTRYPOINT right below the last FROM. */
function programFirst(text: string): string {
  const from = [...text.matchAll(/^FROM .*\n/gm)].at(-1);
  if (!from || /<<|\\\n/.test(text)) return text;
  const at = from.index + from[0].length;
  const lines = (text.slice(at).match(program) ?? []).join("");
  return text.slice(0, at) + lines + text.slice(at).replace(program, "");
}

/** The same image with each CMD and ENTRYPOINT written twice: the last one counts. */
function programTwice(text: string): string {
  return /<<|\\\n/.test(text) ? text : text.replace(program, (line) => line + line);
}

function inputsOf(rule: Rule): LintInput[] {
  return examplesOf(rule).flatMap((example) => {
    const { text } = readMarks(example.source);
    const texts = rule.subject === "image" ? [text, programFirst(text), programTwice(text)] : [text];
    return [...new Set(texts)].map((each) => ({
      ...exampleProject(rule, example, each),
      text: each,
      settings: settingsOf(rule, example),
      rules: [rule],
    }));
  });
}

function applied(input: LintInput, { edits }: Fix): LintInput {
  const edited = (uri: string, text: string) =>
    applyEdits(
      text,
      edits.filter((edit) => (edit.uri ?? input.uri) === uri),
    );
  const created = edits.flatMap(({ create, uri }) => (create && uri ? [uri] : []));
  const read = (uri: string) => {
    const text = input.snapshot.read(uri) ?? (created.includes(uri) ? "" : undefined);
    return text === undefined ? undefined : edited(uri, text);
  };
  const runFiles = [...input.snapshot.runFiles, ...created];
  return { ...input, text: edited(input.uri, input.text), snapshot: { runFiles, read } };
}

const countOf = (findings: readonly Finding[], one: Finding) =>
  findings.filter((finding) => keyOf(finding) === keyOf(one)).length;

describe.each(rules.map((rule) => [rule.id, rule] as const))("%s", (_, rule) => {
  test("each fix settles its finding", () => {
    const stays: string[] = [];
    for (const input of inputsOf(rule)) {
      const { findings } = lint(input);
      for (const finding of findings) {
        for (const fix of finding.fixes) {
          const after = lint(applied(input, fix));
          expect(after.failures).toEqual([]);
          if (countOf(after.findings, finding) >= countOf(findings, finding))
            stays.push(`${format(fix.title)}\n${applied(input, fix).text}`);
        }
      }
    }
    expect(stays).toEqual([]);
  });
});
