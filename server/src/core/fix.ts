import { type LintInput, type LintResult, lint } from "./lint";
import { format } from "./message";
import { type Finding, type Fix, rank } from "./rule";
import { applyEdits, conflict, type Edit } from "./text";

/** A fix can make room for another, one in each pass where they all insert at the same place. */
const maxPasses = 50;

export interface FixOptions {
  /** Also fix what is only a hint. */
  readonly hints?: boolean;
  /** Says which fixes are not applied although they are safe. */
  readonly leaves?: (finding: Finding, fix: Fix) => boolean;
}

export interface FixResult {
  readonly text: string;
  /** How many fixes were applied. */
  readonly applied: number;
  /** What is left in `result` because its fix did not help: it was taken back, or is not applied again. */
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
 * and one that returns is not fixed again.
 */
export function fixAll(input: LintInput, options: FixOptions = {}): FixResult {
  let text = input.text;
  let result = lint(input);
  let applied = 0;
  /** How many findings of a kind there were when one was last fixed. */
  const tried = new Map<string, number>();
  const helpless = new Set<string>();
  for (let pass = 0; pass < maxPasses; pass++) {
    const counts = countKinds(result.findings);
    const falls = ({ finding }: Choice) =>
      (counts.get(kindOf(finding)) ?? 0) < (tried.get(kindOf(finding)) ?? Number.POSITIVE_INFINITY);
    const offered = choices(result.findings, input.uri, options);
    const chosen = withoutConflicts(offered.filter(falls));
    for (const { finding } of chosen) tried.set(kindOf(finding), counts.get(kindOf(finding)) ?? 0);
    const next = applyWhatHelps({ ...input, text }, result, chosen);
    for (const { finding } of [...offered.filter((one) => !falls(one)), ...without(chosen, next.applied)])
      helpless.add(kindOf(finding));
    if (next.applied.length === 0) break;
    ({ text, result } = next);
    applied += next.applied.length;
  }
  return { text, applied, result, withdrawn: result.findings.filter((left) => helpless.has(kindOf(left))) };
}

/** The safe fix of each finding that Fix All may apply. A fix that edits another file is not one. */
function choices(
  findings: readonly Finding[],
  uri: string,
  { hints = false, leaves = () => false }: FixOptions,
): Choice[] {
  return findings.flatMap((finding) => {
    if (!hints && rank(finding.ownSeverity) === rank("hint")) return [];
    const fix = finding.fixes.find(
      (one) => one.safe && one.edits.every((edit) => !edit.uri || edit.uri === uri),
    );
    return fix && !leaves(finding, fix) ? [{ finding, fix }] : [];
  });
}

function withoutConflicts(offered: readonly Choice[]): Choice[] {
  const edits: Edit[] = [];
  return offered.filter(({ fix }) => {
    if (fix.edits.some((edit) => edits.some((other) => conflict(edit, other)))) return false;
    edits.push(...fix.edits);
    return true;
  });
}

/** Applies the choices, and takes back those after which their findings are as many as before. */
function applyWhatHelps(input: LintInput, before: LintResult, chosen: readonly Choice[]): Pass {
  const text = applyEdits(
    input.text,
    chosen.flatMap(({ fix }) => fix.edits),
  );
  const result = text === input.text ? before : lint({ ...input, text });
  const was = countKinds(before.findings);
  const is = countKinds(result.findings);
  const helped = chosen.filter(
    ({ finding }) => (is.get(kindOf(finding)) ?? 0) < (was.get(kindOf(finding)) ?? 0),
  );
  return helped.length === chosen.length
    ? { text, result, applied: chosen }
    : applyWhatHelps(input, before, helped);
}

function without(all: readonly Choice[], some: readonly Choice[]): Choice[] {
  return all.filter((one) => !some.includes(one));
}

function countKinds(findings: readonly Finding[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const finding of findings) counts.set(kindOf(finding), (counts.get(kindOf(finding)) ?? 0) + 1);
  return counts;
}

function kindOf({ rule, message, subjects }: Finding): string {
  return JSON.stringify([rule, format(message), subjects]);
}
