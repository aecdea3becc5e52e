import type { Problem } from "../base/problem";
import type { Snapshot } from "../base/snapshot";
import { canonicalUri } from "../base/uri";
import type { RunSource } from "../container/source";
import { readDockerfile } from "../image/dockerfile";
import { composeProblems, readCompose } from "../surfaces/compose";
import { type FileKind, kindOf } from "../surfaces/kind";
import { readYaml } from "../yaml/document";
import { beginsInScalar } from "../yaml/spans";

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
