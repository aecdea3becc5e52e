import { isRunFile } from "../core/surfaces/files";
import type { TooLarge } from "../protocol";

/** What was read of a file that is not open. */
interface OnDisk {
  content: string | TooLarge | undefined;
  isRead: boolean;
  readonly read: Promise<void>;
}

/** So many files are known before those that nothing depends on are forgotten. */
const fewFiles = 200;

/** What `read` gives for files, by canonical URI, each read once until it is forgotten. `changed` is called when a text is there. */
export function openDisk(
  read: (uri: string) => Promise<string | TooLarge | undefined>,
  changed: (uri: string) => void,
) {
  const files = new Map<string, OnDisk>();
  let manyFiles = fewFiles;

  /** A file that is forgotten while it is read is read again: the late text fills an entry that is not in use. */
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
    /** Reads what is not known yet; returns whether any of the files exists. */
    load: async (uris: readonly string[]): Promise<boolean> => {
      const entries = uris.map(entry);
      await Promise.all(entries.map((each) => each.read));
      return entries.some(({ content }) => typeof content === "string");
    },
    contentOf: (uri: string) => files.get(uri)?.content,
    isRead: (uri: string) => files.get(uri)?.isRead === true,
    forget: (uri: string) => void files.delete(uri),
    forgetAll: () => files.clear(),
    /** Forgets the files that are not needed, once there are many; run files stay. */
    keepOnly: (needed: () => ReadonlySet<string>) => {
      if (files.size <= manyFiles) return;
      const kept = needed();
      for (const uri of files.keys()) if (!kept.has(uri) && !isRunFile(uri)) files.delete(uri);
      manyFiles = Math.max(fewFiles, 2 * files.size);
    },
  };
}
