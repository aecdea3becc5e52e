import { canonicalUri } from "../core/base/uri";
import { isRunFile, linkedFiles } from "../core/surfaces/files";
import type { FileSystem } from "./file-system";
import { after } from "./timing";

/** What a search of the directories found. */
export interface Found {
  readonly all: readonly string[];
  readonly runFiles: readonly string[];
}

/** A search that was begun. */
interface Search {
  readonly found: Promise<Found>;
  /** Resolves when the search turns out to take long. */
  readonly takesLong: Promise<undefined>;
}

/** A first answer does not wait longer for what a search finds, in milliseconds. */
const patience = 100;

/** A search that takes long goes on after so many milliseconds, when the first answers are given. */
const pause = 500;

const nothing: Found = { all: [], runFiles: [] };

/** Searches the directories once, until that is forgotten. `ended` is called when a search ends that was not waited for. */
export function openSearch(findFiles: FileSystem["findFiles"], ended: () => void) {
  let folders: readonly string[] = [];
  let current: Search | undefined;
  const late = new Set<Search>();

  const search = async (large: () => Promise<void>): Promise<Found> => {
    // A directory that cannot be searched has no files; the others still have theirs.
    const lists = await Promise.all(folders.map((folder) => findFiles(folder, large).catch(() => [])));
    const all = [...new Set(lists.flat().map(canonicalUri))];
    return { all, runFiles: linkedFiles(all).filter(isRunFile) };
  };
  const begin = (): Search => {
    let isLarge: (value: undefined) => void = () => {};
    const takesLong = Promise.race([
      after(patience),
      new Promise<undefined>((resolve) => (isLarge = resolve)),
    ]);
    const found = search(() => {
      isLarge(undefined);
      return after(pause);
    });
    return { found, takesLong };
  };
  const find = (): Search => (current ??= begin());
  const waitNoLonger = (searching: Search) => {
    late.add(searching);
    void searching.found.then(() => {
      late.delete(searching);
      if (searching === current) ended();
    });
  };

  return {
    find: () => find().found,
    /** What is found soon, else nothing for the time being. `isCurrent` is false once the search was forgotten. */
    findSoon: async (): Promise<Found & { isCurrent(): boolean }> => {
      const searching = find();
      const { found, takesLong } = searching;
      const soon = late.has(searching) ? undefined : await Promise.race([found, takesLong]);
      if (!soon && !late.has(searching)) waitNoLonger(searching);
      return { ...(soon ?? nothing), isCurrent: () => searching === current };
    },
    forget: () => {
      current = undefined;
    },
    setFolders: (next: readonly string[]) => {
      folders = next;
      current = undefined;
    },
    folders: () => folders,
  };
}
