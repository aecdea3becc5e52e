import { type Finding, rank } from "./rule";

/**
 * Merges equal findings of stages or services that share a fragment: they become one finding for all of them, with
 * the highest severity.
 */
export function unique(findings: readonly Finding[]): Finding[] {
  const merged = new Map<string, Finding>();
  for (const finding of findings) {
    const { rule, span, message } = finding;
    const id = `${rule} ${span.start} ${span.end} ${message.key}`;
    const known = merged.get(id);
    if (!known) {
      merged.set(id, finding);
      continue;
    }
    const worse = rank(finding.ownSeverity) < rank(known.ownSeverity) ? finding : known;
    merged.set(id, { ...worse, subjects: [...known.subjects, ...finding.subjects] });
  }
  return [...merged.values()];
}

/** The findings in file order; findings at the same place are sorted by rule. */
export function inOrder(findings: readonly Finding[]): Finding[] {
  return findings.toSorted(
    (a, b) => a.span.start - b.span.start || (a.rule === b.rule ? 0 : a.rule < b.rule ? -1 : 1),
  );
}
