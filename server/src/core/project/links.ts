import { type Ask, kept } from "../base/kept";
import { mostKeptLinks, mostKeptParts } from "../base/limits";
import { once } from "../base/once";
import { recording, type Snapshot } from "../base/snapshot";
import { canonicalUri, folderOf } from "../base/uri";
import { type ContainerSource, linkOf } from "../container/source";
import { type FileText, isRunFile, keptFile, kindOf, surfaceOf } from "../surfaces/files";
import { byPart } from "../surfaces/parts";

/** A container and the file that starts it. */
export interface LinkedContainer {
  readonly uri: string;
  readonly source: ContainerSource;
}

/** For each Dockerfile, by its URI, the run files that build it, in the order in which they were found. */
export type BuildLinks = ReadonlyMap<string, readonly string[]>;

/** The links of a workspace, and whether they survive a change. */
export interface WorkspaceLinks {
  readonly links: BuildLinks;
  /** Whether the links are guaranteed to be the same after the contents of these files have changed. */
  holdAfter(changed: readonly string[], snapshot: Snapshot): boolean;
}

/** What a run file adds to the links, and all files that were read to determine it. */
interface Contribution {
  readonly mayLink: boolean;
  /** Undefined if the file does not exist or did not have to be parsed. */
  readonly named: Named | undefined;
  readonly asked: ReadonlySet<string>;
}

/** For each Dockerfile, the run files that build it, among those of the workspace and those that they include. */
export function buildLinks(snapshot: Snapshot): BuildLinks {
  return linkWorkspace(snapshot).links;
}

/** Like `buildLinks`, for a workspace whose files change later. */
export function linkWorkspace(snapshot: Snapshot): WorkspaceLinks {
  const links = new Map<string, string[]>();
  const contributions = new Map<string, Contribution>();
  const listed = new Map(snapshot.runFiles.map((uri) => [uri, openContribution(uri, snapshot)]));
  const folders = new Set(snapshot.runFiles.filter((uri) => listed.get(uri)?.mayLink).map(folderOf));
  // Files of one directory are merged. Directories in which nothing is built need not be parsed.
  const open = snapshot.runFiles.filter((uri) => folders.has(folderOf(uri)));
  for (const [uri, file] of listed) if (!folders.has(folderOf(uri))) contributions.set(uri, file.unread);
  for (const uri of open) {
    const key = canonicalUri(uri);
    if (contributions.has(key)) continue;
    const contribution = (listed.get(uri) ?? openContribution(uri, snapshot)).read();
    contributions.set(key, contribution);
    const { includes = [], builds = [] } = contribution.named ?? {};
    open.push(...includes);
    for (const dockerfile of builds) links.set(dockerfile, [...(links.get(dockerfile) ?? []), uri]);
  }
  return {
    links,
    holdAfter: (changed, now) =>
      changed.every((uri) => contributions.has(uri) || !isRunFile(uri)) &&
      [...contributions].every(
        ([uri, before]) =>
          !changed.some((each) => before.asked.has(each)) ||
          isSame(before, contributionAgain(uri, before, now)),
      ),
  };
}

function openContribution(uri: string, snapshot: Snapshot) {
  const { snapshot: recorded, asked } = recording(snapshot);
  const { mayLink, read } = fileLinks(uri, recorded.read);
  const unread: Contribution = { mayLink, named: undefined, asked };
  return { mayLink, unread, read: (): Contribution => ({ ...unread, named: read() }) };
}

function contributionAgain(uri: string, { named }: Contribution, snapshot: Snapshot): Contribution {
  const file = openContribution(uri, snapshot);
  return named ? file.read() : file.unread;
}

function isSame(before: Contribution, now: Contribution): boolean {
  return (
    before.mayLink === now.mayLink &&
    String(before.named?.includes) === String(now.named?.includes) &&
    String([...(before.named?.builds ?? [])]) === String([...(now.named?.builds ?? [])]) &&
    String([...before.asked].sort()) === String([...now.asked].sort())
  );
}

/** The containers of the workspace whose files build a Dockerfile. */
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
    return runs.filter((source) => linkOf(source)?.dockerfile === wanted).map((source) => ({ uri, source }));
  });
}

/** The references from a run file to other files. */
interface FileLinks {
  /** False if its content certainly does not refer to another file. */
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
  return {
    includes: read.includes,
    builds: new Set(runs.flatMap((source) => linkOf(source)?.dockerfile ?? [])),
  };
}

/** The Dockerfile that a container is built from, or its template, if it is a file of the workspace. */
export function dockerfileOf(
  source: ContainerSource,
  snapshot: Snapshot,
): { uri: string; text: string } | undefined {
  const uri = linkOf(source)?.dockerfile;
  const text = uri === undefined ? undefined : snapshot.read(uri);
  return uri === undefined || text === undefined ? undefined : { uri, text };
}
