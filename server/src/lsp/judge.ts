import { type CancellationToken, CancellationToken as Tokens } from "vscode-languageserver";
import { type LintResult, lint } from "../core/lint";
import { canonicalUri, type FileKind } from "../core/project";
import type { Settings } from "../core/settings";
import type { Files } from "./files";
import type { Log } from "./guard";

/**
 * Links lead from a compose file to its Dockerfile to entry scripts; more rounds than this are a cycle, or a file
 * that keeps changing.
 */
const maxRounds = 8;

export interface Judge {
  /**
   * Judges one file with everything it is linked to, as all of it is when the promise resolves; undefined when
   * the file is gone, changes faster than it is judged, or the request was cancelled.
   */
  judge(uri: string, token?: CancellationToken): Promise<LintResult | undefined>;
  /** Drops the verdicts that depend on a file. Says whose they were. */
  changed(uri: string): readonly string[];
  /** Drops every verdict: settings, engine facts or the set of files changed. */
  changedAll(): void;
}

/** Verdicts are cached until a file that they asked for changes. */
export function openJudge(
  files: Files,
  settingsOf: (uri: string) => Promise<Settings>,
  kindOf: (uri: string) => FileKind | undefined,
  log: Log,
): Judge {
  const verdicts = new Map<string, LintResult>();
  const told = new Set<string>();
  let generation = 0;

  const judge = async (
    uri: string,
    token: CancellationToken = Tokens.None,
  ): Promise<LintResult | undefined> => {
    const known = verdicts.get(uri);
    if (known) return known;
    for (let round = 1; round <= maxRounds; round++) {
      const started = generation;
      await files.load([uri]);
      const settings = await settingsOf(uri);
      const snapshot = await files.snapshot();
      const text = snapshot.read(uri);
      if (text === undefined || token.isCancellationRequested) return undefined;
      const result = lint({ uri, text, kind: kindOf(uri), snapshot, settings });
      for (const { rule, error } of result.failures) tellOnce(rule, error);
      const more = await files.load(result.missed);
      // What changed meanwhile was not judged: offsets of an older text would make edits of the newer one wrong.
      if (started !== generation || (more && round < maxRounds)) continue;
      verdicts.set(uri, result);
      return result;
    }
    return undefined;
  };

  const tellOnce = (rule: string, error: unknown) => {
    const text = `${rule} failed: ${error instanceof Error ? error.stack : String(error)}`;
    if (told.has(text)) return;
    told.add(text);
    log(text);
  };

  return {
    judge,
    changed: (uri) => {
      generation++;
      const dependents = [...verdicts]
        .filter(([of, { asked }]) => of === uri || asked.has(canonicalUri(uri)))
        .map(([of]) => of);
      for (const dependent of dependents) verdicts.delete(dependent);
      return dependents;
    },
    changedAll: () => {
      generation++;
      verdicts.clear();
    },
  };
}
