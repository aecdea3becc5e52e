import { mostKeptParts } from "../base/limits";
import { recording } from "../base/snapshot";
import { byPart, spanInFile } from "../surfaces/parts";
import type { Part } from "../surfaces/surface";
import { type LintInput, type LintResult, lint } from "./lint";
import { inOrder, unique } from "./merge-findings";
import type { Finding } from "./rule";

const recent = byPart<readonly Finding[]>(mostKeptParts);

/**
 * Lints a file that is typed in, without fixes, which may change several parts of it at once. What is found is the same as
 * by `lint`; of a file that has parts each part is linted alone when it changes. Of one in which something is wrong that
 * may not be the same, so it is linted as a whole.
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
