import { isRunFile } from "../core/surfaces/files";
import type { TooLarge } from "../protocol";

/** The content of a file that is not open. */
interface OnDisk {
  content: string | TooLarge | undefined;
  isRead: boolean;
  readonly read: Promise<void>;
}

/** The number of cached files above which those that nothing depends on are dropped. */
const fewFiles = 200;

/**
 * Caches the result of `read` by canonical URI. Each file is read once until it is dropped. `changed` is called when
 * the content of a file is available.
 */
export function openDisk(
  read: (uri: string) => Promise<string | TooLarge | undefined>,
  changed: (uri: string) => void,
) {
  const files = new Map<string, OnDisk>();
  let manyFiles = fewFiles;

  /**
   * A file that is dropped while it is being read is read again: the late content only fills the entry that is no
   * longer in use.
   */
  const entry = (uri: string): OnDisk => {
    const known = files.get(uri);
    if (known) return known;
    const reading = read(uri);
    const made: OnDisk = {
      content: undefined,
      isRead: false,
      read: reading
        .then((content) => {
          made.content = content ?? undefined;
          if (content) changed(uri);
        })
        .catch(() => undefined)
        .then(() => {
          made.isRead = true;
        }),
    };
    files.set(uri, made);
    return made;
  };

  return {
    /** Reads the files that are not cached yet; returns whether any of the files exists. */
    load: async (uris: readonly string[]): Promise<boolean> => {
      const entries = uris.map(entry);
      await Promise.all(entries.map((each) => each.read));
      return entries.some(({ content }) => typeof content === "string");
    },
    contentOf: (uri: string) => files.get(uri)?.content,
    isRead: (uri: string) => files.get(uri)?.isRead === true,
    forget: (uri: string) => void files.delete(uri),
    forgetAll: () => files.clear(),
    /** Drops the files that are not needed, once there are many; run files are kept. */
    keepOnly: (needed: () => ReadonlySet<string>) => {
      if (files.size <= manyFiles) return;
      const kept = needed();
      for (const uri of files.keys()) if (!kept.has(uri) && !isRunFile(uri)) files.delete(uri);
      manyFiles = Math.max(fewFiles, 2 * files.size);
    },
  };
}
