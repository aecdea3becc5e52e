import { type Ask, kept } from "../base/kept";
import { mostKeptLinks } from "../base/limits";
import { once } from "../base/once";
import type { Snapshot } from "../base/snapshot";
import { canonicalUri, folderOf } from "../base/uri";
import type { ContainerSource } from "../container/source";
import { keptFile, kindOf, surfaceOf } from "../surfaces/files";

/** A run and the file that it stands in. */
export interface LinkedContainer {
  readonly uri: string;
  readonly source: ContainerSource;
}

/** The run files that build each Dockerfile, by its URI, in the order in which they are found. */
export type BuildLinks = ReadonlyMap<string, readonly string[]>;

/** Which run files of the workspace, and of those that they include, build which Dockerfile. */
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

/** What a run file says of other files. */
interface FileLinks {
  /** False where its text certainly names no other file. */
  readonly mayLink: boolean;
  read(): { readonly includes: readonly string[]; readonly builds: ReadonlySet<string> } | undefined;
}

const recent = kept<FileLinks>(mostKeptLinks);

function fileLinks(uri: string, read: Ask): FileLinks {
  return recent(uri, read, (ask) => {
    const text = ask(uri);
    return {
      mayLink: text !== undefined && surfaceOf(kindOf(uri, text))?.mayLink(text) === true,
      read: once(() => {
        const file = text === undefined ? undefined : keptFile({ uri, text }, ask);
        if (!file) return undefined;
        const runs = file.overrides === undefined ? file.containers : [];
        return {
          includes: file.includes,
          builds: new Set(runs.flatMap(({ build }) => build?.dockerfile ?? [])),
        };
      }),
    };
  });
}

/**
 * The run files of each folder in which one says that it builds something, or that it takes services from
 * elsewhere. Files of one folder are merged; the others need not be parsed.
 */
function foldersThatBuild(snapshot: Snapshot): string[] {
  const mayLink = (uri: string) => fileLinks(uri, snapshot.read).mayLink;
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
