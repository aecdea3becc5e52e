import type { Snapshot } from "../base/snapshot";
import { type ProjectFile, withLinked } from "../project/linked";
import { buildLinks } from "../project/links";
import { type FixOptions, type FixResult, fixAll, keyOf } from "./fix";
import type { LintInput } from "./lint";
import { type Finding, isAsked } from "./rule";
import type { Settings } from "./settings";

/** The maximum number of rounds. A fix in one file can make another fix possible in an earlier file. */
const maxRounds = 5;

/** A file after Fix All was applied to it and to the other files. */
export interface FileFix extends FixResult {
  /** Findings that would be gone if the linked files were fixed too. */
  readonly left: readonly Finding[];
  /** URIs of the linked files that have fixes but were not named. */
  readonly dependsOn: readonly string[];
}

/**
 * Fixes the named files of a project, by URI. The files that they are linked to are fixed too, but not returned. A
 * fix of a named file is applied only if it is the same with the current linked files and with the fixed ones. Naming
 * fewer files can therefore leave findings, but never changes how they are fixed.
 */
export function fixFiles(
  named: readonly ProjectFile[],
  snapshot: Snapshot,
  settings: Settings,
  options: FixOptions = {},
): ReadonlyMap<string, FileFix> {
  const uris = new Set(named.map(({ uri }) => uri));
  // Fixes change how images are built and started, but never which images, so the links remain valid.
  const links = buildLinks(snapshot);
  const all = withLinked(named, snapshot, links);
  const own = all.filter(({ uri }) => uris.has(uri));
  const project = { snapshot, links, settings };
  const whole = fixInTurn(all, project, options);
  const others = new Map<string, string>();
  for (const { uri, text } of all) {
    const fixed = whole.get(uri)?.text;
    if (!uris.has(uri) && fixed !== undefined && fixed !== text) others.set(uri, fixed);
  }
  const results = others.size === 0 ? whole : fixInTurn(own, project, { ...options, beside: others });
  const fixes = new Map<string, FileFix>();
  for (const { uri } of own) {
    const fixed = results.get(uri);
    if (!fixed) continue;
    const settled = new Set(whole.get(uri)?.result.findings.map(keyOf));
    const left = fixed.result.findings.filter(
      (finding) => isAsked(finding, options) && !settled.has(keyOf(finding)),
    );
    const dependsOn = [...others.keys()].filter((other) => fixed.result.asked.has(other));
    fixes.set(uri, { ...fixed, left, dependsOn });
  }
  return fixes;
}

/** Fixes each file, given the other files as fixed so far, until nothing changes. */
function fixInTurn(
  files: readonly ProjectFile[],
  project: Pick<LintInput, "snapshot" | "links" | "settings">,
  options: FixOptions,
): Map<string, FixResult> {
  const { snapshot } = project;
  const results = new Map<string, FixResult>();
  const current: Snapshot = { ...snapshot, read: (uri) => results.get(uri)?.text ?? snapshot.read(uri) };
  let open = files;
  for (let round = 0; round < maxRounds && open.length > 0; round++) {
    const changed = new Set<string>();
    for (const { uri, text, kind } of open) {
      const before = results.get(uri);
      const input = { uri, text: before?.text ?? text, kind, ...project, snapshot: current };
      const fixed = fixAll(input, options);
      if (fixed.text !== input.text) changed.add(uri);
      results.set(uri, { ...fixed, applied: fixed.applied + (before?.applied ?? 0) });
    }
    open = files.filter(({ uri }) => [...changed].some((other) => results.get(uri)?.result.asked.has(other)));
  }
  return results;
}
