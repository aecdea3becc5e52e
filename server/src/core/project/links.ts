import type { Snapshot } from "../base/snapshot";
import { canonicalUri, folderOf } from "../base/uri";
import type { ContainerSource } from "../container/source";
import { kindOf, readFile, surfaceOf } from "../surfaces/files";

/** A run and the file that it stands in. */
export interface LinkedContainer {
  readonly uri: string;
  readonly source: ContainerSource;
}

/** The runs of the workspace that build a Dockerfile, also those of files that run files include. */
export function runsOf(dockerfile: string, snapshot: Snapshot): LinkedContainer[] {
  const wanted = canonicalUri(dockerfile);
  const linked: LinkedContainer[] = [];
  const seen = new Set<string>();
  const open = foldersThatBuild(snapshot);
  for (let uri = open.shift(); uri !== undefined; uri = open.shift()) {
    if (seen.has(canonicalUri(uri))) continue;
    seen.add(canonicalUri(uri));
    const text = snapshot.read(uri);
    const file = text === undefined ? undefined : readFile({ uri, text }, snapshot.read);
    if (!file) continue;
    open.push(...file.includes);
    if (file.overrides !== undefined) continue;
    for (const source of file.runs) if (source.build?.dockerfile === wanted) linked.push({ uri, source });
  }
  return linked;
}

/**
 * The run files of each folder in which one says that it builds something, or that it takes services from
 * elsewhere. Files of one folder are merged; the others need not be parsed.
 */
function foldersThatBuild(snapshot: Snapshot): string[] {
  const mayLink = (uri: string) => {
    const text = snapshot.read(uri) ?? "";
    return surfaceOf(kindOf(uri, text))?.mayLink(text) === true;
  };
  const folders = new Set(snapshot.runFiles.filter(mayLink).map(folderOf));
  return snapshot.runFiles.filter((uri) => folders.has(folderOf(uri)));
}

/** The Dockerfile that a run builds, when it is a file of the workspace. */
export function dockerfileOf(
  source: ContainerSource,
  snapshot: Snapshot,
): { uri: string; text: string } | undefined {
  const uri = source.build?.dockerfile;
  const text = uri === undefined ? undefined : snapshot.read(uri);
  return uri === undefined || text === undefined ? undefined : { uri, text };
}
