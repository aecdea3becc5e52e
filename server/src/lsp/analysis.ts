import { type CancellationToken, CancellationToken as Tokens } from "vscode-languageserver";
import { canonicalUri } from "../core/base/uri";
import type { LintInput, LintResult } from "../core/lint/lint";
import { lintTyped } from "../core/lint/lint-parts";
import { lintSeen } from "../core/lint/lint-seen";
import { notLinted } from "../core/lint/not-linted";
import type { Settings } from "../core/lint/settings";
import type { FileKind } from "../core/surfaces/files";
import type { Files } from "./files";
import { failureText, type Log, openOnce } from "./guard";
import { openProject, type Project } from "./project";
import { openShared } from "./shared";
import { nextTurn } from "./timing";

/**
 * Links go from a Compose file to its Dockerfile and from there to entry scripts. More rounds than this mean a cycle.
 */
const maxRounds = 8;

/** The maximum number of event loop turns between reading a message and calling its handler. */
const quietTurns = 4;

/** What to compute: diagnostics are requested after each keystroke, but fixes only where the cursor rests. */
type Wanted = "findings" | "fixes";

export interface Analysis {
  /**
   * Lints one file with everything that it is linked to, based on the state when the promise resolves. Undefined if
   * the file is gone or all callers cancelled. Concurrent callers get the same result. The findings have fixes only
   * if `wanted` includes them.
   */
  lint(uri: string, token?: CancellationToken, wanted?: Wanted): Promise<LintResult | undefined>;
  /** Drops the results that depend on a file. Returns the URIs of the files with dropped results. */
  changed(uri: string): readonly string[];
  /**
   * Registers `tell`, which is called with files whose results are dropped even though no file that they requested
   * has changed.
   */
  whenRelinked(tell: (uris: readonly string[]) => void): void;
  /** All files that a result depends on, possibly with duplicates. */
  dependencies(): Iterable<string>;
  /** The current files of the workspace, with the links between them. */
  project(): Promise<Project>;
  /** Drops all results, because settings, engine facts or the set of files changed. */
  changedAll(): void;
}

/** What linting needs from its environment. */
interface Surroundings {
  readonly files: Files;
  settingsOf(uri: string): Promise<Settings>;
  kindOf(uri: string): FileKind | undefined;
  readonly log: Log;
  /** Called with each file just before it is linted. */
  starts(uri: string): void;
}

/**
 * Results are cached until a file that they requested changes, or until the image that they are about is built by
 * different files.
 */
export function openAnalysis({ files, settingsOf, kindOf, log, starts }: Surroundings): Analysis {
  const results = new Map<string, { readonly result: LintResult; readonly wanted: Wanted }>();
  let relinked: (uris: readonly string[]) => void = () => {};
  const share = openShared<LintResult | undefined>();
  let generation = 0;
  const tellOnce = openOnce(log);

  const project = openProject(files, (dockerfiles) => {
    const stale = [...results.keys()].filter((uri) => dockerfiles.includes(canonicalUri(uri)));
    if (stale.length === 0) return;
    for (const uri of stale) results.delete(uri);
    relinked(stale);
  });

  const dependencies = () => [...results].flatMap(([uri, { result }]) => [uri, ...result.asked]);

  const lintNow = async (uri: string, tokens: readonly CancellationToken[], wanted: Wanted) => {
    for (let round = 1; ; ) {
      await quiet(() => generation);
      const started = generation;
      await files.load([uri]);
      const settings = await settingsOf(uri);
      const { snapshot, links } = await project();
      if (tokens.every((token) => token.isCancellationRequested)) return undefined;
      if (started !== generation) continue;
      const text = files.read(uri);
      const why = files.notLinted(uri);
      if (text === undefined && why !== "large") return undefined;
      if (!why) starts(uri);
      const input = { uri, text: text ?? "", kind: kindOf(uri), snapshot, links, settings };
      const result = why ? notLinted(input.text, why) : lintWanted(input, wanted, files);
      for (const { rule, error } of result.failures) tellOnce(failureText(rule, error));
      const more = await files.load(result.missed);
      // The file changed while it was being linted, and offsets in the older text would lead to wrong edits of the
      // newer one.
      if (started !== generation) continue;
      if (more && round++ < maxRounds) continue;
      results.set(uri, { result, wanted });
      files.keepOnly(dependencies);
      return result;
    }
  };

  const lintShared = async (
    uri: string,
    token: CancellationToken = Tokens.None,
    wanted: Wanted = "findings",
  ) => {
    if (results.has(uri)) await project();
    const known = results.get(uri);
    if (known && (known.wanted === "fixes" || wanted === "findings")) return known.result;
    return share(`${wanted} ${uri}`, token, (tokens) => lintNow(uri, tokens, wanted));
  };

  return {
    lint: lintShared,
    project,
    whenRelinked: (tell) => {
      relinked = tell;
    },
    dependencies,
    changed: (uri) => {
      generation++;
      const canonical = canonicalUri(uri);
      const dependents = [...results]
        .filter(([of, { result }]) => of === uri || result.asked.has(canonical))
        .map(([of]) => of);
      for (const dependent of dependents) results.delete(dependent);
      return dependents;
    },
    changedAll: () => {
      generation++;
      results.clear();
    },
  };
}

/** Lints a file, with fixes if they are wanted. An open file is linted part by part, because it is probably being edited. */
function lintWanted(input: LintInput, wanted: Wanted, files: Files): LintResult {
  if (wanted === "fixes") return lintSeen(input);
  return files.open(input.uri) ? lintSeen(input, lintTyped) : lintSeen({ ...input, withoutFixes: true });
}

/** Resolves when all pending messages are read, so that a burst of changes is linted only once. */
async function quiet(generation: () => number): Promise<void> {
  for (let seen = -1; seen !== generation(); ) {
    seen = generation();
    for (let turn = 0; turn < quietTurns; turn++) await nextTurn();
  }
}
