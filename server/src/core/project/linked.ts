import { recording, type Snapshot } from "../base/snapshot";
import { canonicalUri } from "../base/uri";
import { linkOf } from "../container/source";
import { type FileKind, keptFile, kindOf, kindOfBuilt, kinds, surfaceOf } from "../surfaces/files";
import type { BuildLinks } from "./links";

/** A file of the project with its content. */
export interface ProjectFile {
  readonly uri: string;
  readonly text: string;
  readonly kind: FileKind;
}

/**
 * The given files and all files of the snapshot that are needed to judge them: a Dockerfile with the run files that
 * build it, and a run file with those that it is merged with. They are in the order of the surfaces, then sorted by
 * URI, regardless of the order in which they were given.
 */
export function withLinked(
  files: readonly ProjectFile[],
  snapshot: Snapshot,
  links: BuildLinks,
): ProjectFile[] {
  const found = new Map(files.map((file) => [file.uri, file]));
  for (const file of found.values()) {
    for (const { uri, kind } of linksOf(file, snapshot, links)) {
      const text = found.has(uri) ? undefined : snapshot.read(uri);
      if (text !== undefined) found.set(uri, { uri, text, kind: kind ?? kindOf(uri, text) });
    }
  }
  return [...found.values()].sort((a, b) => order(a) - order(b) || (a.uri < b.uri ? -1 : 1));
}

function order({ kind }: ProjectFile): number {
  return kinds.indexOf(kind);
}

interface Link {
  readonly uri: string;
  readonly kind?: FileKind;
}

function linksOf(file: ProjectFile, snapshot: Snapshot, links: BuildLinks): Link[] {
  const { uri, kind } = file;
  // A file that starts nothing does not need to be read; its links come from the files that start it.
  if (surfaceOf(kind)?.starts === false)
    return (links.get(canonicalUri(uri)) ?? []).map((run) => ({ uri: run }));
  const record = recording(snapshot);
  const read = keptFile(file, record.snapshot.read);
  if (!read) return [];
  const built = read.containers.flatMap((source) => linkOf(source)?.dockerfile ?? []);
  return [
    ...built.map((dockerfile): Link => ({ uri: dockerfile, kind: kindOfBuilt(dockerfile) })),
    ...[...record.asked].map((other): Link => ({ uri: other, kind })),
  ];
}
