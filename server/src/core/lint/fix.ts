import { format } from "../base/message";
import { applyEdits, type Edit, withoutConflicts } from "../base/text";
import { type LintInput, type LintResult, lint } from "./lint";
import { type Finding, type Fix, rank } from "./rule";

/** A fix can make room for another, one in each pass where they all insert at the same place. */
const maxPasses = 50;

export interface FixOptions {
  /** Also fix what is only a hint. */
  readonly hints?: boolean;
  /** Texts of linked files, by URI, as they may be soon: only fixes that are the same then are applied. */
  readonly beside?: ReadonlyMap<string, string>;
}

export interface FixResult {
  readonly text: string;
  /** How many fixes were applied. */
  readonly applied: number;
  /** What is left in `result` because its fix did not help, or does what an ignore comment refuses. */
  readonly withdrawn: readonly Finding[];
  /** The last lint: what is left, and which linked files were missed. */
  readonly result: LintResult;
}

/** A finding and the fix of it that Fix All applies. */
interface Choice {
  readonly finding: Finding;
  readonly fix: Fix;
}

/** A text after the choices of a pass that helped. */
interface Pass {
  readonly text: string;
  readonly result: LintResult;
  readonly applied: readonly Choice[];
}

/**
 * Applies the safe fixes of a file until none is left: in each pass those that do not conflict with one
 * another, then the fixed text is judged again, as a fix may settle or change what another would do. A finding
 * is known by its rule, message and subject. One that does not become rarer by its fix has the fix taken back,
 * and one that returns is not fixed again. So has one whose fix leaves an ignore comment nothing to silence.
 */
export function fixAll(input: LintInput, options: FixOptions = {}): FixResult {
  let text = input.text;
  let result = lint(input);
  let applied = 0;
  /** How many findings of a kind there were when one was last fixed. */
  const tried = new Map<string, number>();
  const helpless = new Set<string>();
  for (let pass = 0; pass < maxPasses; pass++) {
    const counts = countByKey(result.findings);
    const falls = ({ finding }: Choice) =>
      (counts.get(keyOf(finding)) ?? 0) < (tried.get(keyOf(finding)) ?? Number.POSITIVE_INFINITY);
    const all = choices(result.findings, input.uri, options);
    const offered = options.beside ? sameBeside({ ...input, text }, all, options.beside) : all;
    const chosen = withoutConflicts(offered.filter(falls), ({ fix }) => fix.edits);
    for (const { finding } of chosen) tried.set(keyOf(finding), counts.get(keyOf(finding)) ?? 0);
    const next = applyWhatHelps({ ...input, text }, result, chosen);
    for (const { finding } of [...offered.filter((one) => !falls(one)), ...without(chosen, next.applied)])
      helpless.add(keyOf(finding));
    if (next.applied.length === 0) break;
    ({ text, result } = next);
    applied += next.applied.length;
  }
  return {
    text,
    applied,
    withdrawn: result.findings.filter((finding) => helpless.has(keyOf(finding))),
    result,
  };
}

/** Says whether Fix All is asked to fix a finding, if it can. */
export function isAsked({ ownSeverity }: Finding, { hints = false }: FixOptions): boolean {
  return hints || rank(ownSeverity) < rank("hint");
}

/** The safe fix of each finding that Fix All may apply. A fix that edits another file is not one. */
function choices(findings: readonly Finding[], uri: string, options: FixOptions): Choice[] {
  return findings.flatMap((finding) => {
    if (!isAsked(finding, options)) return [];
    const fix = finding.fixes.find(
      (one) => one.safe && one.edits.every((edit) => !edit.uri || edit.uri === uri),
    );
    return fix ? [{ finding, fix }] : [];
  });
}

/** The choices that are the same where the linked files have other texts. */
function sameBeside(
  input: LintInput,
  all: readonly Choice[],
  texts: ReadonlyMap<string, string>,
): readonly Choice[] {
  if (all.length === 0) return all;
  const read = (uri: string) => texts.get(uri) ?? input.snapshot.read(uri);
  const { findings } = lint({ ...input, snapshot: { ...input.snapshot, read } });
  const there = new Set(findings.flatMap(({ fixes }) => fixes.map(({ safe, edits }) => safe && idOf(edits))));
  return all.filter(({ fix }) => there.has(idOf(fix.edits)));
}

function idOf(edits: readonly Edit[]): string {
  return JSON.stringify(edits);
}

/**
 * Applies the choices, and takes back those after which their findings are as many as before, and those that do
 * what an ignore comment refuses.
 */
function applyWhatHelps(input: LintInput, before: LintResult, chosen: readonly Choice[]): Pass {
  const text = applyEdits(
    input.text,
    chosen.flatMap(({ fix }) => fix.edits),
  );
  const result = text === input.text ? before : lint({ ...input, text });
  const was = countByKey(before.findings);
  const is = countByKey(result.findings);
  const helped = chosen.filter(
    ({ finding }) => (is.get(keyOf(finding)) ?? 0) < (was.get(keyOf(finding)) ?? 0),
  );
  if (helped.length < chosen.length) return applyWhatHelps(input, before, helped);
  if (unusedIgnores(result) <= unusedIgnores(before)) return { text, result, applied: chosen };
  const allowed = chosen.filter(({ fix }) => {
    const alone = lint({ ...input, text: applyEdits(input.text, fix.edits) });
    return unusedIgnores(alone) <= unusedIgnores(before);
  });
  return applyWhatHelps(input, before, allowed.length < chosen.length ? allowed : []);
}

function unusedIgnores({ findings }: LintResult): number {
  return findings.filter(({ rule }) => rule === "unused-ignore").length;
}

function without(all: readonly Choice[], some: readonly Choice[]): Choice[] {
  const gone = new Set(some);
  return all.filter((one) => !gone.has(one));
}

function countByKey(findings: readonly Finding[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const finding of findings) counts.set(keyOf(finding), (counts.get(keyOf(finding)) ?? 0) + 1);
  return counts;
}

/** What a finding is known by while texts change around it. */
export function keyOf({ rule, message, subjects }: Finding): string {
  return JSON.stringify([rule, format(message), subjects]);
}
