import { applyEdits, type Edit } from "../../../server/src/core/base/text";
import { readDockerfile } from "../../../server/src/core/image/dockerfile";
import { fixAll } from "../../../server/src/core/lint/fix";
import { type LintResult, lint } from "../../../server/src/core/lint/lint";
import type { Finding } from "../../../server/src/core/lint/rule";
import { ignoreWriter } from "../../../server/src/core/lint/suppress";
import type { FileText } from "../../../server/src/core/surfaces/files";
import { type Case, inputOf } from "../case";
import { dataOf } from "./compose";
import { alsoWithHints, type Broken, type Judged, type Property } from "./judged";

const unused = "unused-ignore";

/** The actions that write an ignore comment silence what they are for, and change nothing else. */
const ignoreSilences: Property = function* ({ input, result }) {
  if (!isEditable(input, result)) return;
  const ignore = ignoreWriter(fileOf(input));
  for (const finding of firstOfEachRule(result.findings)) {
    const { rule, span } = finding;
    const before = ofRule(result.findings, rule);
    const { here, inFile } = ignore(span.start, rule);
    if (!here) continue;
    const ways = { here, file: inFile };
    for (const [how, edit] of Object.entries(ways)) {
      const text = applyEdits(input.text, [edit]);
      const { findings } = lint(inputOf({ ...input, text }));
      const left = ofRule(findings, rule);
      if (how === "file" ? left > 0 : left >= before)
        yield { property: `ignore ${how}: does not silence ${rule}`, detail: text };
      if (ofRule(findings, unused) > ofRule(result.findings, unused))
        yield { property: `ignore ${how}: of ${rule} counts as unused`, detail: text };
      if (input.text.startsWith("\uFEFF") !== text.startsWith("\uFEFF"))
        yield { property: `ignore ${how}: moves the byte order mark` };
      if (input.kind === "compose" && changesData(input.text, text))
        yield { property: `ignore ${how}: changes data`, detail: text };
    }
  }
};

/** What an ignore comment silences, Fix All does not fix: the comment still silences it afterwards. */
const refusedStaysRefused: Property = function* (judged) {
  const ignore = ignoreWriter(fileOf(judged.input));
  for (const finding of firstOfEachRule(judged.result.findings)) {
    const { here } = ignore(finding.span.start, finding.rule);
    if (!here || !finding.fixes.some(({ safe }) => safe)) continue;
    for (const blank of ["", "\n"]) yield* refused(judged, finding, here, blank);
  }
};

function* refused(
  { input, options }: Judged,
  { rule }: Finding,
  edit: Edit,
  blank: string,
): Generator<Broken> {
  const text = applyEdits(input.text, [{ ...edit, text: edit.text + blank }]);
  const silent = lint(inputOf({ ...input, text }));
  const fixed = fixAll(inputOf({ ...input, text }), options);
  if (ofRule(fixed.result.findings, rule) > ofRule(silent.findings, rule))
    yield { property: `fix all: an ignore of ${rule} loses its effect`, detail: fixed.text };
  if (ofRule(fixed.result.findings, unused) > ofRule(silent.findings, unused))
    yield { property: `fix all: does what an ignore of ${rule} refused`, detail: fixed.text };
}

function fileOf(input: Case): FileText {
  const { uri, text, kind } = inputOf(input);
  return { uri, text, kind };
}

export const ignoreProperties: readonly Property[] = [ignoreSilences, alsoWithHints(refusedStaysRefused)];

/** Editors offer no comment for a file that compose or BuildKit does not read. */
function isEditable({ kind, text }: Case, { problems }: LintResult): boolean {
  return problems.length === 0 && (kind === "compose" || readDockerfile(text).problem === undefined);
}

function firstOfEachRule(findings: readonly Finding[]): Finding[] {
  const rules = new Set(findings.map(({ rule }) => rule));
  rules.delete(unused);
  return [...rules].flatMap((rule) => findings.find((finding) => finding.rule === rule) ?? []);
}

function ofRule(findings: readonly Finding[], rule: string): number {
  return findings.filter((finding) => finding.rule === rule).length;
}

function changesData(before: string, after: string): boolean {
  const data = dataOf(before);
  return data !== undefined && JSON.stringify(dataOf(after)) !== JSON.stringify(data);
}
