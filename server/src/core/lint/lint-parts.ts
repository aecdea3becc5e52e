import { mostKeptParts } from "../base/limits";
import { recording } from "../base/snapshot";
import { byPart, spanInFile } from "../surfaces/parts";
import type { Part } from "../surfaces/surface";
import { type LintInput, type LintResult, lint } from "./lint";
import { inOrder, unique } from "./merge-findings";
import type { Finding } from "./rule";

type OfPart = Pick<LintResult, "findings" | "booted" | "assumed">;

const recent = byPart<OfPart>(mostKeptParts);

/**
 * Lints a file while the user types. Computes no fixes, because a fix can change several parts of the file at once.
 * The findings are those of `lint`, but in a file with parts, only the changed parts are linted. A file with problems
 * is linted in full, because its findings could otherwise differ.
 */
export function lintTyped(typed: Omit<LintInput, "started" | "rules" | "withoutFixes">): LintResult {
  const input: LintInput = { ...typed, withoutFixes: true };
  const { snapshot, asked, missed } = recording(input.snapshot);
  const lintParts = (booted: readonly string[]) =>
    recent(
      input,
      snapshot.read,
      JSON.stringify([input.settings, booted, input.hidden]),
      (part, read): OfPart | undefined => {
        const result = lint({ ...input, ...part, booted, snapshot: { ...snapshot, read } });
        if (result.problems.length + result.failures.length > 0) return undefined;
        return { findings: result.findings, booted: result.booted, assumed: result.assumed };
      },
    );
  const alone = lintParts([]);
  if (!alone) return lint(input);
  const booted = [...new Set(alone.flatMap(({ value }) => value.booted))].sort();
  // Assumptions about a container depend on which images the other containers boot.
  const isHelper = alone.some(({ value }) => value.assumed.some((image) => booted.includes(image)));
  const ofParts = isHelper ? lintParts(booted) : alone;
  if (!ofParts) return lint(input);
  const all = ofParts.flatMap(({ part, value }) =>
    value.findings.map((finding) => inFile(finding, part, input.uri)),
  );
  return { findings: inOrder(unique(all)), problems: [], asked, missed, failures: [], booted, assumed: [] };
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
