import type { Snapshot } from "../../server/src/core/base/snapshot";
import type { Span } from "../../server/src/core/base/text";
import { readCaret } from "../../server/src/core/docs/marks";
import { dedent } from "../../server/src/core/docs/page";
import type { Example, Examples } from "../../server/src/core/lint/example";
import { examples } from "../../server/src/core/lint/examples/index";
import { type LintResult, lint } from "../../server/src/core/lint/lint";
import type { Rule } from "../../server/src/core/lint/rule";
import type { Settings } from "../../server/src/core/lint/settings";
import { isRunFile } from "../../server/src/core/surfaces/files";

/** The examples of a rule of the catalogue. Throws for another rule. */
export function examplesOf({ id }: Pick<Rule, "id">): Examples {
  const found = examples[id];
  if (!found) throw new Error(`There are no examples of ${id}.`);
  return found;
}

/** A span that carets mark, the name of the message there, and a piece of one of its arguments. */
export interface Mark {
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly message: string;
  readonly argument: string;
}

/** Reads the caret lines of an example (`core/docs/marks.ts`). Returns the text without them. */
export function readMarks(source: string): { text: string; marks: Mark[] } {
  const kept: string[] = [];
  const marks: Mark[] = [];
  for (const line of dedent(source).split("\n")) {
    const caret = readCaret(line);
    if (!caret) {
      kept.push(line);
      continue;
    }
    const { start, end, message, argument } = caret;
    marks.push({ line: kept.length - 1, start, end, message, argument });
  }
  return { text: kept.join("\n"), marks };
}

/** What a rule judges in an example. */
export function pathOf({ subject }: Pick<Rule, "subject">, { file }: Pick<Example, "file">): string {
  return file ?? (subject === "image" ? "Dockerfile" : "compose.yaml");
}

/** The little project of an example: a good compose file is beside a Dockerfile unless it provides its own. */
export function exampleProject(rule: Rule, example: Example, text: string) {
  const path = pathOf(rule, example);
  const files: Record<string, string> = {};
  for (const [name, body] of Object.entries(filesOf(rule, example))) {
    files[`file:///example/${name}`] = dedent(body);
  }
  const uri = `file:///example/${path}`;
  const runFiles = [...Object.keys(files), uri].filter(isRunFile);
  const snapshot: Snapshot = { runFiles, read: (asked) => (asked === uri ? text : files[asked]) };
  return { uri, snapshot };
}

/** What starts an example's image as the launch plan would, so that only the Dockerfile is at fault. */
const goodRun = `
services:
  example:
    build: .
    tty: true
    security_opt:
      - writable-cgroups=true
    tmpfs:
      - /run
      - /run/lock
      - /tmp:exec,mode=1777
`;

/** An example without a file name has no other files; one with a compose file has that file. */
export function filesOf(rule: Rule, { files }: Example): Readonly<Record<string, string>> {
  const names = Object.keys(files ?? {});
  const alone = files !== undefined && (names.length === 0 || names.some((name) => name.endsWith(".yaml")));
  if (alone || rule.subject !== "image") return files ?? {};
  return { "compose.yaml": goodRun, ...files };
}

export function lintExample(rule: Rule, example: Example, text: string, rules?: readonly Rule[]): LintResult {
  const { uri, snapshot } = exampleProject(rule, example, text);
  return lint({ uri, text, snapshot, rules, settings: settingsOf(rule, example) });
}

/** A rule that is off by default is on in its own examples. */
export function settingsOf(rule: Rule, { target }: Example): Settings {
  return { rules: rule.off ? { [rule.id]: rule.severity } : {}, target };
}

/** Columns of a span in its first line; a span of several lines is cut there. */
export function placeOf(text: string, { start, end }: Span): Omit<Mark, "message" | "argument"> {
  const lineStart = text.lastIndexOf("\n", start - 1) + 1;
  const found = text.indexOf("\n", start);
  const lineEnd = found === -1 ? text.length : found;
  const stop = text[lineEnd - 1] === "\r" ? lineEnd - 1 : lineEnd;
  return {
    line: text.slice(0, start).split("\n").length - 1,
    start: start - lineStart,
    end: Math.min(end, stop) - lineStart,
  };
}
