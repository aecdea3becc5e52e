import type { Finding, Fix } from "./rule";

/**
 * Decides between the fix of one container and the fix of the fragment that it shares with others. Fix All changes
 * the shared fragment once if all containers that share it have the same finding. Otherwise each container is changed
 * separately, and the fix of the fragment is a suggestion whose title names the other containers.
 */
export function decideShared(findings: readonly Finding[]): Finding[] {
  const needing = runsWithFinding(findings);
  const needed = memo((runs: readonly string[], kind: string) =>
    runs.every((run) => needing.get(kind)?.has(run)),
  );
  const settled = new Map<string, Set<string>>();
  return findings.map((finding) => {
    const kind = kindOf(finding);
    const done = settled.get(kind) ?? new Set<string>();
    settled.set(kind, done);
    const fixes = finding.fixes.flatMap((fix) => {
      const { shared = isShared(fix) ? fix : undefined, ...alone } = fix;
      if (fix.reach && done.has(fix.reach.run)) return [{ ...alone, safe: false }];
      if (!shared) return [alone];
      if (fix.safe && shared.safe && shared.reach && needed(shared.reach.runs, kind)) {
        for (const run of shared.reach.runs) if (run !== shared.reach.run) done.add(run);
        return [{ ...shared, safe: true }];
      }
      return [...(shared === fix ? [] : [alone]), { ...shared, safe: false }];
    });
    return { ...finding, fixes };
  });
}

function isShared({ reach }: Fix): boolean {
  return reach !== undefined && reach.runs.length > 1;
}

/** A key that is the same for equal findings of different containers. */
function kindOf({ rule, message, severity }: Finding): string {
  return `${rule} ${message.key} ${severity}`;
}

function runsWithFinding(findings: readonly Finding[]): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const finding of findings) {
    const kind = kindOf(finding);
    const runs = found.get(kind) ?? new Set<string>();
    found.set(kind, runs);
    for (const { reach } of finding.fixes) if (reach) runs.add(reach.run);
  }
  return found;
}

/** Calls the function only once for each pair of a list and a kind, because many findings share a list. */
function memo(ask: (runs: readonly string[], kind: string) => boolean): typeof ask {
  const known = new Map<readonly string[], Map<string, boolean>>();
  return (runs, kind) => {
    const answers = known.get(runs) ?? new Map<string, boolean>();
    known.set(runs, answers);
    const answer = answers.get(kind) ?? ask(runs, kind);
    answers.set(kind, answer);
    return answer;
  };
}
