import { canonicalUri } from "../core/base/uri";
import { isRunFile } from "../core/surfaces/files";
import type { FileSystem } from "./file-system";
import { after } from "./timing";

/** What a search of the directories found. */
export interface Found {
  readonly all: readonly string[];
  readonly runFiles: readonly string[];
}

/** A first answer does not wait longer for what a search finds, in milliseconds. */
const patience = 100;

/** A search that takes long goes on after so many milliseconds, when the first answers are given. */
const pause = 500;

const nothing: Found = { all: [], runFiles: [] };

/** Searches the directories once, until that is forgotten. `ended` is called when a search ends that was not waited for. */
export function openSearch(findFiles: FileSystem["findFiles"], ended: () => void) {
  let folders: readonly string[] = [];
  let found: Promise<Found> | undefined;
  /** Resolves when the search turns out to take long. */
  let takesLong: Promise<undefined> = after(patience);
  const late = new Set<Promise<Found>>();

  const search = async (large: () => Promise<void>): Promise<Found> => {
    // A directory that cannot be searched has no files; the others still have theirs.
    const lists = await Promise.all(folders.map((folder) => findFiles(folder, large).catch(() => [])));
    const all = [...new Set(lists.flat().map(canonicalUri))];
    return { all, runFiles: all.filter(isRunFile) };
  };
  const find = (): Promise<Found> => {
    if (found) return found;
    let isLarge: (value: undefined) => void = () => {};
    takesLong = Promise.race([after(patience), new Promise<undefined>((resolve) => (isLarge = resolve))]);
    found = search(() => {
      isLarge(undefined);
      return after(pause);
    });
    return found;
  };
  const waitNoLonger = (finding: Promise<Found>) => {
    late.add(finding);
    void finding.then(() => {
      late.delete(finding);
      if (finding === found) ended();
    });
  };

  return {
    find,
    /** What is found soon, else nothing for the time being. `isCurrent` is false once the search was forgotten. */
    findSoon: async (): Promise<Found & { isCurrent(): boolean }> => {
      const finding = find();
      const soon = late.has(finding) ? undefined : await Promise.race([finding, takesLong]);
      if (!soon && !late.has(finding)) waitNoLonger(finding);
      return { ...(soon ?? nothing), isCurrent: () => finding === found };
    },
    forget: () => {
      found = undefined;
    },
    setFolders: (next: readonly string[]) => {
      folders = next;
      found = undefined;
    },
    folders: () => folders,
  };
}
