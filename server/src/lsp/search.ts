import { canonicalUri } from "../core/base/uri";
import { isRunFile, linkedFiles } from "../core/surfaces/files";
import type { FileSystem } from "./file-system";
import { after } from "./timing";

/** What a search of the directories found. */
export interface Found {
  readonly all: readonly string[];
  readonly runFiles: readonly string[];
}

/** A search in progress or complete. */
interface Search {
  readonly found: Promise<Found>;
  /** Resolves once it is clear that the search takes a long time. */
  readonly takesLong: Promise<undefined>;
}

/** How many milliseconds a first answer waits for the results of a search. */
const patience = 100;

/** How many milliseconds a long search pauses before it continues, so that the first requests can be answered. */
const pause = 500;

const nothing: Found = { all: [], runFiles: [] };

/**
 * Searches the directories once, until the result is dropped. `ended` is called when a search that callers no longer
 * wait for ends.
 */
export function openSearch(findFiles: FileSystem["findFiles"], ended: () => void) {
  let folders: readonly string[] = [];
  let current: Search | undefined;
  const late = new Set<Search>();

  const search = async (large: () => Promise<void>): Promise<Found> => {
    // A directory that cannot be searched is treated as empty; the others are still included.
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
    /**
     * The results if they are available soon, otherwise nothing for now. `isCurrent` returns false once the search
     * was dropped.
     */
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
