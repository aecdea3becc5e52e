import type { Message } from "../../../server/src/core/base/message";
import { applyEdits, overlap, type Span } from "../../../server/src/core/base/text";
import { lint } from "../../../server/src/core/lint/lint";
import type { FileEdit } from "../../../server/src/core/lint/rule";
import { inputOf } from "../case";
import type { Broken, Property } from "./judged";

/** No rule throws: what one throws is given as a failure. */
const nothingThrows: Property = function* ({ result }) {
  for (const { rule, error } of result.failures) {
    const { message = String(error), stack } = error instanceof Error ? error : {};
    yield { property: `failure in ${rule}: ${message.slice(0, 80)}`, detail: stack?.slice(0, 600) };
  }
};

/** Findings, related places and edits stand inside their texts, and no message lacks an argument. */
const spansInside: Property = function* ({ asked, result }) {
  for (const { rule, span, message, related, fixes } of result.findings) {
    if (!isInside(span, asked.text)) yield outside("finding", rule, span);
    yield* lacking(rule, message);
    for (const place of related) {
      const text = asked.snapshot.read(place.uri);
      if (text === undefined || !isInside(place.span, text)) yield outside("related place", rule, place.span);
      yield* lacking(rule, place.message);
    }
    for (const fix of fixes) yield* lacking(rule, fix.title);
  }
};

/** Every fix edits something, inside the text, its edits apart from one another. */
const editsApply: Property = function* ({ asked, result }) {
  for (const { rule, fixes } of result.findings) {
    for (const { edits } of fixes) {
      if (edits.length === 0) yield { property: `${rule}: a fix without edits` };
      for (const uri of new Set(edits.map((edit) => edit.uri ?? asked.uri))) {
        const text = asked.snapshot.read(uri) ?? "";
        const own = edits.filter((edit) => (edit.uri ?? asked.uri) === uri);
        yield* applies(rule, text, own);
      }
    }
  }
};

function* applies(rule: string, text: string, edits: readonly FileEdit[]): Generator<Broken> {
  for (const [index, edit] of edits.entries()) {
    if (!isInside(edit.span, text)) yield outside("edit", rule, edit.span);
    if (edits.slice(index + 1).some((other) => overlap(edit.span, other.span)))
      yield { property: `${rule}: edits of a fix overlap`, detail: JSON.stringify(edits) };
  }
  if (!edits.some(({ create }) => create) && applyEdits(text, edits) === text)
    yield { property: `${rule}: a fix changes nothing`, detail: JSON.stringify(edits) };
}

/** The same file gives the same findings, whatever the order in which the project's files are listed. */
const orderDoesNotMatter: Property = function* ({ input, asked, result }) {
  const told = JSON.stringify(result.findings);
  if (JSON.stringify(lint(asked).findings) !== told)
    yield { property: "lint: the second time is not as the first" };
  if (JSON.stringify(lint(inputOf(input, true)).findings) !== told)
    yield { property: "lint: the order of the files matters" };
};

export const lintProperties: readonly Property[] = [nothingThrows, spansInside, editsApply];
export const thoroughLintProperties: readonly Property[] = [orderDoesNotMatter];

function isInside({ start, end }: Span, text: string): boolean {
  return Number.isInteger(start) && Number.isInteger(end) && 0 <= start && start <= end && end <= text.length;
}

function outside(what: string, rule: string, span: Span): Broken {
  return { property: `${rule}: a ${what} outside of the text`, detail: JSON.stringify(span) };
}

function* lacking(rule: string, { key, template, args }: Message): Generator<Broken> {
  for (const [, name = ""] of template.matchAll(/\{(\w+)\}/g)) {
    if (args[name] === undefined) yield { property: `${rule}: ${key} lacks its ${name}` };
  }
}
