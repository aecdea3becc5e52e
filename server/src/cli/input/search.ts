import { join, sep } from "node:path";
import { URI } from "vscode-uri";
import { linkedFiles, mayBeLinted, readFile } from "../../core/surfaces/files";
import { texts } from "../texts";
import { type Disk, type Entry, statOf } from "./disk";
import { textOf } from "./input-file";
import { ignored } from "./project-files";

/** A file that was found, with its path, or a file that cannot be read, with the reason. */
export type Found = { readonly name: string } & ({ readonly path: string } | { readonly why: string });

/** Selects which files of a directory to consider. */
type Choose = (paths: readonly string[]) => readonly string[];

/**
 * Finds, by name, the files below a directory that can be linted. Links to directories are not followed, which avoids
 * loops; neither are links to files outside the named directories. Scripts, Makefiles and Markdown files with no file
 * of another kind in their directory are included only if there is nothing else to lint and they start containers. If
 * nothing is found, the result contains only the reason.
 */
export function search(folder: string, name: string, folders: readonly string[], disk: Disk): Found[] {
  const found = [...filesBelow(folder, name, { folders, disk, choose: linkedFiles })];
  if (found.length > 0) return found;
  const starting: Choose = (paths) => paths.filter((path) => startsContainers(path, disk));
  const common = [...filesBelow(folder, name, { folders, disk, choose: starting })];
  return common.length > 0 ? common : [{ name, why: texts.empty }];
}

function startsContainers(path: string, disk: Disk): boolean {
  const text = mayBeLinted(path) ? textOf(disk.read(path)) : undefined;
  if (text === undefined) return false;
  const file = readFile({ uri: URI.file(path).toString(), text }, () => undefined);
  return file !== undefined && file.containers.length > 0;
}

interface Searched {
  readonly folders: readonly string[];
  readonly disk: Disk;
  readonly choose: Choose;
}

function* filesBelow(folder: string, name: string, searched: Searched): Generator<Found> {
  const { folders, disk, choose } = searched;
  const listing = disk.list(folder);
  if ("why" in listing) {
    yield { name, why: listing.why };
    return;
  }
  const files = listing.entries.filter(({ type }) => type !== "directory");
  const linked = new Set(choose(files.map((entry) => join(folder, entry.name))));
  for (const entry of listing.entries) {
    const below = { name: join(name, entry.name), path: join(folder, entry.name) };
    if (entry.type === "directory") {
      if (!ignored.has(entry.name)) yield* filesBelow(below.path, below.name, searched);
      continue;
    }
    if (!linked.has(below.path)) continue;
    const file = fileOf(entry, below, folders, disk);
    if (file) yield file;
  }
}

function fileOf(
  { type }: Entry,
  file: { readonly name: string; readonly path: string },
  folders: readonly string[],
  disk: Disk,
): Found | undefined {
  if (type === "file") return file;
  const target = type === "link" ? disk.locate(file.path) : undefined;
  if (target && "id" in target && !folders.some((each) => isBelow(target.path, each))) {
    return { name: file.name, why: texts.outside(target.path) };
  }
  // A broken link is reported when it is read. A pipe is skipped because reading it would block forever.
  return statOf(file.path)?.isFile() === false ? undefined : file;
}

function isBelow(path: string, folder: string): boolean {
  return path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}
