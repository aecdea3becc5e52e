import { type Ask, kept } from "../base/kept";
import { mostKeptLinks, mostKeptParts } from "../base/limits";
import { once } from "../base/once";
import type { Snapshot } from "../base/snapshot";
import { canonicalUri, folderOf } from "../base/uri";
import type { ContainerSource } from "../container/source";
import { type FileText, keptFile, kindOf, surfaceOf } from "../surfaces/files";
import { byPart } from "../surfaces/parts";

/** A run and the file that contains it. */
export interface LinkedContainer {
  readonly uri: string;
  readonly source: ContainerSource;
}

/** For each Dockerfile, by its URI, the run files that build it, in the order in which they were found. */
export type BuildLinks = ReadonlyMap<string, readonly string[]>;

/** For each Dockerfile, the run files that build it, among those of the workspace and those that they include. */
export function buildLinks(snapshot: Snapshot): BuildLinks {
  const links = new Map<string, string[]>();
  const open = foldersThatBuild(snapshot);
  const seen = new Set<string>();
  for (const uri of open) {
    if (seen.has(canonicalUri(uri))) continue;
    seen.add(canonicalUri(uri));
    const file = fileLinks(uri, snapshot.read).read();
    if (!file) continue;
    open.push(...file.includes);
    for (const dockerfile of file.builds) links.set(dockerfile, [...(links.get(dockerfile) ?? []), uri]);
  }
  return links;
}

/** The runs of the workspace that build a Dockerfile. */
export function runsOf(
  dockerfile: string,
  snapshot: Snapshot,
  links: BuildLinks = buildLinks(snapshot),
): readonly LinkedContainer[] {
  const { read } = snapshot;
  const wanted = canonicalUri(dockerfile);
  return (links.get(wanted) ?? []).flatMap((uri) => {
    const text = read(uri);
    const runs = text === undefined ? [] : (keptFile({ uri, text }, read)?.containers ?? []);
    return runs.filter(({ build }) => build?.dockerfile === wanted).map((source) => ({ uri, source }));
  });
}

/** The references from a run file to other files. */
interface FileLinks {
  /** False if its text certainly refers to no other file. */
  readonly mayLink: boolean;
  read(): Named | undefined;
}

interface Named {
  readonly includes: readonly string[];
  readonly builds: ReadonlySet<string>;
}

const recent = kept<FileLinks>(mostKeptLinks);

function fileLinks(uri: string, read: Ask): FileLinks {
  return recent(uri, read, (ask) => {
    const text = ask(uri);
    return {
      mayLink: text !== undefined && surfaceOf(kindOf(uri, text))?.mayLink(text) === true,
      read: once(() => {
        if (text === undefined) return undefined;
        const ofParts = recentParts({ uri, text }, ask, "", named);
        if (!ofParts) return named({ uri, text }, ask);
        const all = ofParts.map(({ value }) => value);
        return {
          includes: all[0]?.includes ?? [],
          builds: new Set(all.flatMap(({ builds }) => [...builds])),
        };
      }),
    };
  });
}

const recentParts = byPart<Named>(mostKeptParts);

/** The files that a file, or a part of it, refers to. */
function named(file: FileText, ask: Ask): Named | undefined {
  const read = keptFile(file, ask);
  if (!read) return undefined;
  const runs = read.overrides === undefined ? read.containers : [];
  return { includes: read.includes, builds: new Set(runs.flatMap(({ build }) => build?.dockerfile ?? [])) };
}

/**
 * All run files of each directory in which at least one builds something, or takes services from elsewhere. Files of
 * one directory are merged; files in other directories need not be parsed.
 */
function foldersThatBuild(snapshot: Snapshot): string[] {
  const mayLink = (uri: string) => fileLinks(uri, snapshot.read).mayLink;
  const folders = new Set(snapshot.runFiles.filter(mayLink).map(folderOf));
  return snapshot.runFiles.filter((uri) => folders.has(folderOf(uri)));
}

/** The Dockerfile that a run builds, if it is a file of the workspace. */
export function dockerfileOf(
  source: ContainerSource,
  snapshot: Snapshot,
): { uri: string; text: string } | undefined {
  const uri = source.build?.dockerfile;
  const text = uri === undefined ? undefined : snapshot.read(uri);
  return uri === undefined || text === undefined ? undefined : { uri, text };
}
