import { join, sep } from "node:path";
import { linkedFiles } from "../../core/surfaces/files";
import { texts } from "../texts";
import { type Disk, type Entry, statOf } from "./disk";
import { ignored } from "./project-files";

/** A named file at a path, or a name that cannot be read, and why. */
export type Found = { readonly name: string } & ({ readonly path: string } | { readonly why: string });

/**
 * Dockerfiles and compose files below a directory, by name. Links to directories are not followed, so a loop of them
 * ends; nor are links to files outside of the named directories. Reports that there is none, unless it reported an error.
 */
export function search(folder: string, name: string, folders: readonly string[], disk: Disk): Found[] {
  const found = [...filesBelow(folder, name, folders, disk)];
  return found.length > 0 ? found : [{ name, why: texts.empty }];
}

function* filesBelow(folder: string, name: string, folders: readonly string[], disk: Disk): Generator<Found> {
  const listing = disk.list(folder);
  if ("why" in listing) {
    yield { name, why: listing.why };
    return;
  }
  const files = listing.entries.filter(({ type }) => type !== "directory");
  const linked = new Set(linkedFiles(files.map((entry) => join(folder, entry.name))));
  for (const entry of listing.entries) {
    const below = { name: join(name, entry.name), path: join(folder, entry.name) };
    if (entry.type === "directory") {
      if (!ignored.has(entry.name)) yield* filesBelow(below.path, below.name, folders, disk);
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
  // A broken link is reported when it is read; a pipe would wait forever.
  return statOf(file.path)?.isFile() === false ? undefined : file;
}

function isBelow(path: string, folder: string): boolean {
  return path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}
