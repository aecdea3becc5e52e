import { mostKeptParts } from "../base/limits";
import { recording } from "../base/snapshot";
import { byPart, spanInFile } from "../surfaces/parts";
import type { Part } from "../surfaces/surface";
import { type LintInput, type LintResult, lint } from "./lint";
import { inOrder, unique } from "./merge-findings";
import type { Finding } from "./rule";

const recent = byPart<readonly Finding[]>(mostKeptParts);

/**
 * Lints a file while the user types, without fixes, which can change several parts of it at once. The findings are
 * those of `lint`, but in a file with parts only the changed parts are linted. In a file with problems the findings
 * could differ, so it is linted as a whole.
 */
export function lintTyped(typed: Omit<LintInput, "started" | "rules" | "withoutFixes">): LintResult {
  const input: LintInput = { ...typed, withoutFixes: true };
  const { snapshot, asked, missed } = recording(input.snapshot);
  const ofParts = recent(input, snapshot.read, JSON.stringify(input.settings), (part, read) => {
    const { findings, problems, failures } = lint({ ...input, ...part, snapshot: { ...snapshot, read } });
    return problems.length + failures.length > 0 ? undefined : findings;
  });
  if (!ofParts) return lint(input);
  const all = ofParts.flatMap(({ part, value }) => value.map((finding) => inFile(finding, part, input.uri)));
  return { findings: inOrder(unique(all)), problems: [], asked, missed, failures: [] };
}

function inFile(finding: Finding, part: Part, uri: string): Finding {
  return {
    ...finding,
    span: spanInFile(part, finding.span),
    related: finding.related.map((each) =>
      each.uri === uri ? { ...each, span: spanInFile(part, each.span) } : each,
    ),
  };
}
