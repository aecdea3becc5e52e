import { fixAll } from "../../../server/src/core/lint/fix";
import { lint } from "../../../server/src/core/lint/lint";
import type { Finding, Severity } from "../../../server/src/core/lint/rule";
import { type Case, inputOf } from "../case";
import { alsoWithHints, counted, eachFix, identity, type Property } from "./judged";

/** Fix All twice is Fix All once. */
const fixAllSettles: Property = function* ({ input, fixed, after, options }) {
  if (fixed().text === input.text) return;
  const twice = fixAll(inputOf(after()), options).text;
  if (twice !== fixed().text) yield { property: `fix all: twice is not once (${input.kind})`, detail: twice };
};

/**
 * After a fix there is one finding less of those that say the same; after one that is a suggestion, of those that say
 * the same of the same words, as another place may now be to blame.
 */
const fixSettlesItsFinding: Property = function* (judged) {
  for (const { finding, fix, after } of eachFix(judged)) {
    const { findings, failures } = lint(inputOf(after));
    const tellIn =
      ({ text }: Case) =>
      (each: Finding) =>
        identity(each) + (fix.safe ? "" : text.slice(each.span.start, each.span.end));
    const id = tellIn(judged.input)(finding);
    const was = counted(judged.result.findings, tellIn(judged.input)).get(id) ?? 0;
    for (const { rule, error } of failures)
      yield { property: `failure in ${rule} after a fix of ${finding.rule}`, detail: String(error) };
    if ((counted(findings, tellIn(after)).get(id) ?? 0) >= was)
      yield { property: `${finding.rule}: ${fix.title.key} settles nothing`, detail: after.text };
  }
};

const rank: Readonly<Record<Severity, number>> = { hint: 0, information: 1, warning: 2, error: 3 };

/** Fix All provides no finding that is worse than the worst that it settled. */
const noWorse: Property = function* ({ result, fixed, input }) {
  if (fixed().text === input.text) return;
  const before = counted(result.findings);
  const now = counted(fixed().result.findings);
  const settled = result.findings.filter(({ rule }) => !fixed().result.findings.some((f) => f.rule === rule));
  const worst = Math.max(-1, ...settled.map(({ severity }) => rank[severity]));
  const rules = new Set(result.findings.map(({ rule }) => rule));
  for (const finding of fixed().result.findings) {
    const id = identity(finding);
    const isNew = (now.get(id) ?? 0) > (before.get(id) ?? 0) && !rules.has(finding.rule);
    if (isNew && rank[finding.severity] > worst)
      yield { property: `fix all: brings ${finding.severity} ${finding.rule}`, detail: fixed().text };
  }
};

/** Fix All keeps line endings, the byte order mark and how the file ends, and leaves no second blank line. */
const textKeepsItsShape: Property = function* ({ input: { text }, fixed }) {
  const { text: after } = fixed();
  if (after === text) return;
  const [was, is] = [endings(text), endings(after)];
  if (was.lf === 0 && was.crlf > 0 && is.lf > 0) yield { property: "fix all: LF in a file of CRLF" };
  if (was.crlf === 0 && is.crlf > 0) yield { property: "fix all: CRLF in a file of LF" };
  if (text.startsWith("\uFEFF") !== after.startsWith("\uFEFF"))
    yield { property: "fix all: the byte order mark changes" };
  if (text.endsWith("\n") !== after.endsWith("\n")) yield { property: "fix all: the last line end changes" };
  if (doubleBlanks(after) > doubleBlanks(text))
    yield { property: "fix all: leaves a second blank line", detail: after };
};

function endings(text: string) {
  const crlf = text.match(/\r\n/g)?.length ?? 0;
  return { crlf, lf: (text.match(/\n/g)?.length ?? 0) - crlf };
}

function doubleBlanks(text: string): number {
  return text.match(/(?<=\n[ \t]*\r?\n)[ \t]*\r?\n/g)?.length ?? 0;
}

export const fixProperties: readonly Property[] = [
  fixSettlesItsFinding,
  ...[fixAllSettles, noWorse, textKeepsItsShape].map(alsoWithHints),
];
