import { describe, expect, test } from "vitest";
import { applyEdits, lineAt } from "../../server/src/core/base/text";
import type { Example } from "../../server/src/core/lint/example";
import { fixAll } from "../../server/src/core/lint/fix";
import { type LintInput, lint } from "../../server/src/core/lint/lint";
import type { Rule } from "../../server/src/core/lint/rule";
import { rules } from "../../server/src/core/lint/rules/index";
import { exampleProject, examplesOf, lintExample, readMarks } from "./example";
import { noFiles } from "./no-files";

// An ignore comment covers the same instruction or key after a fix as before it, or goes with it.

/** What stands between the comment and what it covers. */
const gaps = ["", "\n", "INDENT# of its own\n", "\nINDENT# of its own\n", "INDENT# of its own\n\n\n"];
const repaired = rules.flatMap((rule) =>
  examplesOf(rule)
    .filter(({ fixed }) => fixed !== undefined)
    .map((example) => [`${rule.id}: ${example.says}`, rule, example] as const),
);

/** The starts of the lines before which a comment may stand: those on which an instruction or a key begins. */
function places(text: string): number[] {
  const starts = [...text.matchAll(/^.*$/gm)].map(({ index }) => index);
  const isDockerfile = /^\s*FROM /m.test(text);
  return starts.filter((start) => {
    const line = text.slice(start, lineAt(text, start).end);
    const before = start === 0 ? "" : text.slice(0, start - 1);
    if (isDockerfile) return /^[A-Z]+ /.test(line) && !/\\[ \t]*$/.test(before) && !isInHeredoc(text, start);
    return /^\s*(- )?[\w"]+:|^\s*- /.test(line);
  });
}

function isInHeredoc(text: string, at: number): boolean {
  const opened = [...text.slice(0, at).matchAll(/<<-?["']?(\w+)["']?/g)].at(-1);
  return opened !== undefined && !new RegExp(`^\\t*${opened[1]}$`, "m").test(text.slice(opened.index, at));
}

/** The line that a comment covers: the next one that is neither empty nor a comment. */
function covered(text: string, comment: string): string | undefined {
  const at = text.indexOf(comment);
  if (at === -1) return undefined;
  return text
    .slice(lineAt(text, at).end)
    .split("\n")
    .find((line) => line.trim() !== "" && !line.trim().startsWith("#"))
    ?.trim();
}

function withComment(text: string, start: number, gap: string, comment: string): string {
  const indent = /^[ ]*/.exec(text.slice(start))?.[0] ?? "";
  return `${text.slice(0, start)}${indent}${comment}\n${gap.replace("INDENT", indent)}${text.slice(start)}`;
}

/** The first word: an instruction's keyword, or a key. */
const keyword = (line: string | undefined) => /^(- )?[\w"]+/.exec(line ?? "")?.[0];

function check(rule: Rule, example: Example, repair: (text: string) => string) {
  const { text } = readMarks(example.source);
  const other = rules.find(({ id, subject }) => id !== rule.id && subject === rule.subject) as Rule;
  const comment = `# systemd-containers-ignore ${other.id}: for a reason`;
  for (const start of places(text)) {
    for (const gap of gaps) {
      const before = withComment(text, start, gap, comment);
      const after = repair(before);
      const [was, is] = [covered(before, comment), covered(after, comment)];
      // The same line, also if nothing but its key was renamed.
      if (is === was || (was !== undefined && is !== undefined && before.replace(was, is) === after))
        continue;
      // What it covered was rewritten, or is gone together with the comment.
      const stays = after.split("\n").some((line) => line.trim() === was);
      expect(stays, `${before}\n--- becomes ---\n${after}`).toBe(false);
      if (after.includes(comment))
        expect(keyword(is), `${before}\n--- becomes ---\n${after}`).toBe(keyword(was));
    }
  }
}

describe("an ignore comment for another rule covers the same after", () => {
  test.each(repaired)("the fix of %s", (_, rule, example) => {
    check(rule, example, (text) => {
      const { findings } = lintExample(rule, example, text, [rule]);
      const edits = findings.flatMap(({ fixes }) => fixes[0]?.edits ?? []);
      return applyEdits(
        text,
        edits.filter(({ uri }) => uri === undefined),
      );
    });
  });
});

describe("a finding that is ignored stays so through Fix All", () => {
  test.each(repaired)("%s", (_, rule, example) => {
    const { text } = readMarks(example.source);
    const inputOf = (source: string): LintInput => {
      const { uri, snapshot } = exampleProject(rule, example, source);
      return { uri, text: source, snapshot, settings: { rules: {}, target: example.target } };
    };
    const found = (source: string) =>
      lint(inputOf(source)).findings.filter((finding) => finding.rule === rule.id).length;
    const all = found(text);
    for (const start of places(text)) {
      const commented = withComment(text, start, "\n", `# systemd-containers-ignore ${rule.id}`);
      const before = found(commented);
      if (before >= all) continue;
      const after = fixAll(inputOf(commented)).text;
      expect(after).toContain(`# systemd-containers-ignore ${rule.id}\n`);
      expect(found(after)).toBeLessThanOrEqual(before);
      const unused = lint(inputOf(after)).findings.filter((finding) => finding.rule === "unused-ignore");
      expect(unused, after).toEqual([]);
    }
  });
});

test("no fix writes over an ignore comment inside of what it replaces", () => {
  const above =
    "FROM debian:12\nENV container=docker\nSTOPSIGNAL SIGRTMIN+3\nRUN apt-get install -y systemd\n";
  const text = `${above}CMD \\\n# systemd-containers-ignore image-boot-target\n  /sbin/init\n`;
  const input = { uri: "file:///w/Dockerfile", text, snapshot: noFiles };
  const { findings } = lint({ ...input, settings: { rules: {}, target: undefined } });
  const fixes = findings.filter(({ rule }) => rule === "image-shell-form-init").flatMap((each) => each.fixes);
  expect(fixes.map(({ safe }) => safe)).toEqual([false]);
});
