import { seenReference } from "../core/image/base-images";
import type { FileSystem } from "./file-system";

/** What the client found in the images of its engine, as files of a snapshot. */
export interface SeenImages {
  /** Adds these files to those of the host. The client is asked once for each image that it has not inspected yet. */
  over(fileSystem: FileSystem): FileSystem;
  /** Sets the content of the file about an image, or removes it. Returns whether the content changed. */
  set(uri: string, text: string | undefined): boolean;
}

/**
 * The number of images whose requests are remembered. While a name is being typed, each intermediate name counts as
 * one.
 */
const mostAsked = 1_000;

/** `ask` is called with the reference of each image whose file is requested for the first time. */
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
