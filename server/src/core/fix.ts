import { type LintInput, type LintResult, lint } from "./lint";
import { applyEdits, conflict, type Edit } from "./text";

/** A fix can make room for another, but the catalogue has no chains longer than this. */
const maxPasses = 10;

export interface FixResult {
  readonly text: string;
  /** How many fixes were applied. */
  readonly applied: number;
  /** The last lint: what is left, and which linked files were missed. */
  readonly result: LintResult;
}

/**
 * Applies the safe fixes of a file until none is left: in each pass those that do not conflict with one
 * another, then the fixed text is judged again, as a fix may settle or change what another would do.
 */
export function fixAll(input: LintInput): FixResult {
  let text = input.text;
  let applied = 0;
  let result = lint(input);
  for (let pass = 0; pass < maxPasses; pass++) {
    const edits: Edit[] = [];
    for (const { fixes } of result.findings) {
      const safe = fixes.find((fix) => fix.safe && fix.edits.every(({ uri }) => !uri || uri === input.uri));
      if (!safe || safe.edits.some((edit) => edits.some((other) => conflict(edit, other)))) continue;
      edits.push(...safe.edits);
      applied++;
    }
    const next = applyEdits(text, edits);
    if (next === text) break;
    text = next;
    result = lint({ ...input, text });
  }
  return { text, applied, result };
}
