import { type CancellationToken, CancellationToken as Tokens } from "vscode-languageserver";
import { canonicalUri } from "../core/base/uri";
import { type LintInput, type LintResult, lint } from "../core/lint/lint";
import { lintTyped } from "../core/lint/lint-parts";
import { notLinted } from "../core/lint/not-linted";
import type { Settings } from "../core/lint/settings";
import type { FileKind } from "../core/surfaces/files";
import type { Files } from "./files";
import { failureText, type Log, openOnce } from "./guard";
import { openProject, type Project } from "./project";
import { nextTurn } from "./timing";

/** Links lead from a compose file to its Dockerfile to entry scripts; more rounds than this are a cycle. */
const maxRounds = 8;

/** A message that was read takes as many turns of the event loop, at most, until its handler is called. */
const quietTurns = 4;

/** Diagnostics are requested after each key, fixes where the cursor rests. */
type Wanted = "findings" | "fixes";

export interface Analysis {
  /**
   * Lints one file with everything it is linked to, as all of it is when the promise resolves; undefined when
   * the file is gone or everyone who asked cancelled. Who asks meanwhile gets the same result. The findings have
   * fixes only where these are wanted.
   */
  lint(uri: string, token?: CancellationToken, wanted?: Wanted): Promise<LintResult | undefined>;
  /** Drops the results that depend on a file. Returns the URIs of their files. */
  changed(uri: string): readonly string[];
  /** Calls `tell` with files whose results are dropped though no file that they requested changed. */
  whenRelinked(tell: (uris: readonly string[]) => void): void;
  /** Every file that a result depends on, one or several times. */
  dependencies(): Iterable<string>;
  /** The files of the workspace as they are now, with the links between them. */
  project(): Promise<Project>;
  /** Drops every result: settings, engine facts or the set of files changed. */
  changedAll(): void;
}

/** What is requested by several at once. */
interface Running {
  readonly tokens: CancellationToken[];
  readonly result: Promise<LintResult | undefined>;
}

/** What linting needs of its surroundings. */
interface Surroundings {
  readonly files: Files;
  settingsOf(uri: string): Promise<Settings>;
  kindOf(uri: string): FileKind | undefined;
  readonly log: Log;
  /** Called with each file right before it is linted. */
  starts(uri: string): void;
}

/** Results are cached until a file that they requested changes, or other files build theirs. */
export function openAnalysis({ files, settingsOf, kindOf, log, starts }: Surroundings): Analysis {
  const results = new Map<string, { readonly result: LintResult; readonly wanted: Wanted }>();
  let relinked: (uris: readonly string[]) => void = () => {};
  const running = new Map<string, Running>();
  let generation = 0;
  const tellOnce = openOnce(log);

  const project = openProject(files, (dockerfiles) => {
    const stale = [...results.keys()].filter((uri) => dockerfiles.includes(canonicalUri(uri)));
    if (stale.length === 0) return;
    for (const uri of stale) results.delete(uri);
    relinked(stale);
  });

  const dependencies = () => [...results].flatMap(([uri, { result }]) => [uri, ...result.asked]);

  /** Resolves when the messages at hand are read: a burst of changes is linted once. */
  const quiet = async () => {
    for (let seen = -1; seen !== generation; ) {
      seen = generation;
      for (let turn = 0; turn < quietTurns; turn++) await nextTurn();
    }
  };

  const lintNow = async (uri: string, tokens: readonly CancellationToken[], wanted: Wanted) => {
    for (let round = 1; ; ) {
      await quiet();
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
      const result = why ? notLinted(input.text, why) : lintWanted(input, wanted);
      for (const { rule, error } of result.failures) tellOnce(failureText(rule, error));
      const more = await files.load(result.missed);
      // The file changed while it was linted: offsets of the older text would make wrong edits of the newer one.
      if (started !== generation) continue;
      if (more && round++ < maxRounds) continue;
      results.set(uri, { result, wanted });
      files.keepOnly(dependencies);
      return result;
    }
  };

  const lintWanted = (input: LintInput, wanted: Wanted) => {
    if (wanted === "fixes") return lint(input);
    return files.open(input.uri) ? lintTyped(input) : lint({ ...input, withoutFixes: true });
  };

  const lintShared = async (
    uri: string,
    token: CancellationToken = Tokens.None,
    wanted: Wanted = "findings",
  ) => {
    if (results.has(uri)) await project();
    const known = results.get(uri);
    if (known && (known.wanted === "fixes" || wanted === "findings")) return known.result;
    const id = `${wanted} ${uri}`;
    const shared = running.get(id);
    shared?.tokens.push(token);
    if (shared) return shared.result;
    const tokens = [token];
    const result = lintNow(uri, tokens, wanted).finally(() => running.delete(id));
    running.set(id, { tokens, result });
    return result;
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
      const dependents = [...results]
        .filter(([of, { result }]) => of === uri || result.asked.has(canonicalUri(uri)))
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
