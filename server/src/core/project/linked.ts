import { recording, type Snapshot } from "../base/snapshot";
import { canonicalUri } from "../base/uri";
import { type FileKind, keptFile, kindOf, kinds, surfaceOf } from "../surfaces/files";
import type { BuildLinks } from "./links";

/** A file of the project with its text. */
export interface ProjectFile {
  readonly uri: string;
  readonly text: string;
  readonly kind: FileKind;
}

/**
 * The files and all that they are judged with, of the snapshot: a Dockerfile and the run files that build it, a
 * run file and those that it is merged with. They come in the order of the surfaces, each kind by URI, whatever was given first.
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
  // What starts nothing is started by others, and need not be read.
  if (surfaceOf(kind)?.starts === false)
    return (links.get(canonicalUri(uri)) ?? []).map((run) => ({ uri: run }));
  const record = recording(snapshot);
  const read = keptFile(file, record.snapshot.read);
  if (!read) return [];
  const built = read.containers.flatMap(({ build }) => build?.dockerfile ?? []);
  return [
    ...built.map((dockerfile): Link => ({ uri: dockerfile, kind: "dockerfile" })),
    ...[...record.asked].map((other): Link => ({ uri: other, kind })),
  ];
}
