import { format } from "../base/message";
import { applyEdits, type Edit, withoutConflicts } from "../base/text";
import { type LintInput, type LintResult, lint } from "./lint";
import { type Finding, type Fix, isAsked } from "./rule";

/**
 * The maximum number of passes. A fix can make another one possible, and if all of them insert at the same place,
 * each pass applies only one.
 */
const maxPasses = 50;

export interface FixOptions {
  /** Also fix hints. */
  readonly hints?: boolean;
  /**
   * The content that linked files can have after their fixes, by URI. Only fixes that would be the same with that
   * content are applied.
   */
  readonly beside?: ReadonlyMap<string, string>;
}

export interface FixResult {
  readonly text: string;
  /** How many fixes were applied. */
  readonly applied: number;
  /** Findings left in `result` because their fix did not help or made an ignore comment unused. */
  readonly withdrawn: readonly Finding[];
  /** The result of the last lint: the remaining findings, and the linked files that were missed. */
  readonly result: LintResult;
}

/** A finding that Fix All can fix, and its fix. */
interface Candidate {
  readonly finding: Finding;
  readonly fix: Fix;
}

/** The file's content after a pass, and the fixes that helped. */
interface Pass {
  readonly text: string;
  readonly result: LintResult;
  readonly applied: readonly Candidate[];
}

/**
 * Applies the safe fixes of a file until none is left. Each pass applies those that do not conflict with one another,
 * then lints the result, because a fix can change the effect of another. A finding is identified by its rule, message
 * and subject. If a fix does not reduce the number of such findings, or leaves an ignore comment unused, it is
 * reverted. A finding that comes back is not fixed again.
 */
export function fixAll(input: LintInput, options: FixOptions = {}): FixResult {
  let text = input.text;
  let result = lint(input);
  let applied = 0;
  /** For each key, how many findings there were when a fix for one of them was last tried. */
  const tried = new Map<string, number>();
  const helpless = new Set<string>();
  for (let pass = 0; pass < maxPasses; pass++) {
    const counts = countByKey(result.findings);
    const falls = ({ finding }: Candidate) =>
      (counts.get(keyOf(finding)) ?? 0) < (tried.get(keyOf(finding)) ?? Number.POSITIVE_INFINITY);
    const all = candidates(result.findings, input.uri, options);
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

/** The safe fix of each finding that Fix All can apply. Fixes that edit another file are left out. */
function candidates(findings: readonly Finding[], uri: string, options: FixOptions): Candidate[] {
  return findings.flatMap((finding) => {
    if (!isAsked(finding, options)) return [];
    const fix = finding.fixes.find(
      (one) => one.safe && one.edits.every((edit) => !edit.uri || edit.uri === uri),
    );
    return fix ? [{ finding, fix }] : [];
  });
}

/** The candidates that would be the same if the linked files had the given content. */
function sameBeside(
  input: LintInput,
  all: readonly Candidate[],
  texts: ReadonlyMap<string, string>,
): readonly Candidate[] {
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
 * Applies the candidates, then reverts those that do not reduce the number of their findings or that leave an ignore
 * comment unused.
 */
function applyWhatHelps(input: LintInput, before: LintResult, chosen: readonly Candidate[]): Pass {
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

function without(all: readonly Candidate[], some: readonly Candidate[]): Candidate[] {
  const gone = new Set(some);
  return all.filter((one) => !gone.has(one));
}

function countByKey(findings: readonly Finding[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const finding of findings) counts.set(keyOf(finding), (counts.get(keyOf(finding)) ?? 0) + 1);
  return counts;
}

/** A key that identifies a finding even if the lines around it change. */
export function keyOf({ rule, message, subjects }: Finding): string {
  return JSON.stringify([rule, format(message), subjects]);
}
