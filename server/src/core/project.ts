import { readDockerfile } from "./image/dockerfile";
import type { Problem } from "./problem";
import { type FileKind, kindOf } from "./project/kind";
import { canonicalUri, resolveUri } from "./project/uri";
import type { RunSource } from "./run/source";
import { composeProblems, readCompose } from "./run/surfaces/compose";
import { readYaml } from "./run/yaml/document";
import { beginsInScalar } from "./run/yaml/spans";

export { isDockerfile, isRunFile, kindOf } from "./project/kind";
export type { FileKind };
export { canonicalUri, resolveUri };

/**
 * The world as the core sees it: texts by URI. `read` gives undefined for a file that is absent or not
 * loaded yet; the shell that calls loads what was missed and calls again.
 */
export interface Snapshot {
  read(uri: string): string | undefined;
  /** Files of the workspace that start containers, as far as the shell knows them. */
  readonly runFiles: readonly string[];
}

/** A snapshot that notes what it is asked for, and what of that was not there. */
export function recording(snapshot: Snapshot): {
  readonly snapshot: Snapshot;
  readonly asked: ReadonlySet<string>;
  readonly missed: ReadonlySet<string>;
} {
  const asked = new Set<string>();
  const missed = new Set<string>();
  const read = (uri: string) => {
    asked.add(uri);
    const text = snapshot.read(uri);
    if (text === undefined) missed.add(uri);
    return text;
  };
  return { snapshot: { read, runFiles: snapshot.runFiles }, asked, missed };
}

/** A run and the file that it stands in. */
export interface LinkedRun {
  readonly uri: string;
  readonly source: RunSource;
}

/** The runs of the workspace that build a Dockerfile, also those of files that run files include. */
export function runsOf(dockerfile: string, snapshot: Snapshot): LinkedRun[] {
  const wanted = canonicalUri(dockerfile);
  const linked: LinkedRun[] = [];
  const seen = new Set<string>();
  const open = foldersThatBuild(snapshot);
  for (let uri = open.shift(); uri !== undefined; uri = open.shift()) {
    if (seen.has(canonicalUri(uri))) continue;
    seen.add(canonicalUri(uri));
    const text = snapshot.read(uri);
    if (text === undefined) continue;
    const { runs, includes, overrides } = readCompose(uri, text, (other) => snapshot.read(other));
    open.push(...includes);
    if (overrides !== undefined) continue;
    for (const source of runs) if (source.build?.dockerfile === wanted) linked.push({ uri, source });
  }
  return linked;
}

/**
 * The run files of each folder in which one says that it builds something, or that it takes services from
 * elsewhere. Files of one folder are merged; the others need not be parsed.
 */
function foldersThatBuild(snapshot: Snapshot): string[] {
  const folderOf = (uri: string) => uri.slice(0, uri.lastIndexOf("/"));
  const folders = new Set(
    snapshot.runFiles
      .filter((uri) => /\b(build|extends|include)\b|\\[xuU]/.test(snapshot.read(uri) ?? ""))
      .map(folderOf),
  );
  return snapshot.runFiles.filter((uri) => folders.has(folderOf(uri)));
}

/** What is wrong with the form of a file. */
export function problemsIn({
  uri,
  text,
  kind,
}: {
  uri: string;
  text: string;
  kind: FileKind;
}): readonly Problem[] {
  if (kind === "compose") return composeProblems(uri, text);
  const problem = kind === "dockerfile" ? readDockerfile(text).problem : undefined;
  return problem ? [problem] : [];
}

/** The Dockerfile that a run builds, when it is a file of the workspace. */
export function dockerfileOf(
  source: RunSource,
  snapshot: Snapshot,
): { uri: string; text: string } | undefined {
  const uri = source.build?.dockerfile;
  const text = uri === undefined ? undefined : snapshot.read(uri);
  return uri === undefined || text === undefined ? undefined : { uri, text };
}

/**
 * The offset above whose line a comment about an offset can stand: itself, or the instruction's start where it is
 * in a heredoc. Undefined inside of a YAML scalar of several lines.
 */
export function commentPlace(uri: string, text: string, offset: number): number | undefined {
  const kind = kindOf(uri, text);
  if (kind === "compose") return beginsInScalar(readYaml(uri, text), offset) ? undefined : offset;
  if (kind !== "dockerfile") return offset;
  const holder = readDockerfile(text).instructions.find(({ heredocs }) =>
    heredocs.some(({ span }) => span.start <= offset && offset < span.end),
  );
  return holder?.span.start ?? offset;
}
