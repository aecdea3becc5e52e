import { seenReference } from "../core/image/base-images";
import type { FileSystem } from "./file-system";

/** What the client found in the images of its engine, as texts of a snapshot. */
export interface SeenImages {
  /** Adds these texts to the host's files. The client is asked once for each image that it has not inspected yet. */
  over(fileSystem: FileSystem): FileSystem;
  /** Sets the text about an image, or removes it. Returns whether it is a different one. */
  set(uri: string, text: string | undefined): boolean;
}

/** How many images are remembered as asked about. Each name that is being typed is one. */
const mostAsked = 1_000;

/** `ask` is called with the reference of each image whose text is requested for the first time. */
export function openSeenImages(ask: (reference: string) => void): SeenImages {
  const texts = new Map<string, string>();
  const asked = new Set<string>();
  return {
    over: (fileSystem) => ({
      ...fileSystem,
      readFile: async (uri, within) => {
        const reference = seenReference(uri);
        if (reference === undefined) return fileSystem.readFile(uri, within);
        if (asked.has(uri)) return texts.get(uri);
        if (asked.size >= mostAsked) asked.clear();
        asked.add(uri);
        ask(reference);
        return texts.get(uri);
      },
    }),
    set: (uri, text) => {
      const before = texts.get(uri);
      if (text === undefined) texts.delete(uri);
      else texts.set(uri, text);
      return before !== text;
    },
  };
}
