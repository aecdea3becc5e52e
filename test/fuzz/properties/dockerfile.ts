import type { Span } from "../../../server/src/core/base/text";
import { readDockerfile } from "../../../server/src/core/image/dockerfile";
import type { Instruction } from "../../../server/src/core/image/image";
import type { FileEdit } from "../../../server/src/core/lint/rule";
import { ownUri } from "../case";
import { alsoWithHints, eachFix, type Property } from "./judged";

/** An instruction that no edit of a fix touches is there after it, as it was and in its order. */
const otherInstructionsStay: Property = function* (judged) {
  const { input } = judged;
  if (input.kind !== "dockerfile") return;
  const before = readDockerfile(input.text).instructions;
  for (const { finding, fix, after } of eachFix(judged)) {
    const edits = fix.edits.filter(({ uri }) => uri === undefined || uri === ownUri(input));
    const kept = before.filter(({ span }) => !edits.some((edit) => touches(edit, span)));
    const lost = missing(
      kept.map((one) => told(one, input.text)),
      readDockerfile(after.text).instructions.map((one) => told(one, after.text)),
    );
    if (lost !== undefined)
      yield { property: `${finding.rule}: ${fix.title.key} changes another instruction`, detail: after.text };
  }
};

/** Instructions that no fix of the catalogue writes, moves or removes. */
const untouched = new Set([
  "ADD",
  "ARG",
  "COPY",
  "EXPOSE",
  "LABEL",
  "MAINTAINER",
  "ONBUILD",
  "SHELL",
  "WORKDIR",
]);

/** Fix All changes nothing but what the catalogue has fixes for. */
const fixAllKeepsTheRest: Property = function* ({ input, fixed }) {
  if (input.kind !== "dockerfile" || fixed().text === input.text) return;
  const rest = (text: string) =>
    readDockerfile(text)
      .instructions.filter(({ keyword }) => untouched.has(keyword))
      .map((one) => told(one, text));
  if (rest(input.text).join("\n") !== rest(fixed().text).join("\n"))
    yield { property: "fix all: an instruction that has no fix changes", detail: fixed().text };
};

export const dockerfileProperties: readonly Property[] = [
  otherInstructionsStay,
  alsoWithHints(fixAllKeepsTheRest),
];

/** Reports whether an edit changes something of a span: separate lines before or after it do not. */
function touches({ span: { start, end }, text }: FileEdit, span: Span): boolean {
  if (start === end && start === span.end) return !text.startsWith("\n");
  if (start === end && start === span.start) return !text.endsWith("\n");
  return start < span.end && span.start < end;
}

/** An instruction as it is written, its heredocs with it; line endings do not matter. */
function told({ keyword, span }: Instruction, text: string): string {
  return `${keyword} ${text.slice(span.start, span.end)}`.replace(/\r\n/g, "\n");
}

/** The first of `wanted` that does not follow the others in `there`. */
function missing(wanted: readonly string[], there: readonly string[]): string | undefined {
  let at = 0;
  for (const each of wanted) {
    const found = there.indexOf(each, at);
    if (found === -1) return each;
    at = found + 1;
  }
  return undefined;
}
