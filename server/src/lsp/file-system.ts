import type { TooLarge } from "../protocol";

/**
 * What the server needs of the host it runs on, handed in by its entry point: Node reads disks, the
 * web worker asks its client, tests pass literals.
 */
export interface FileSystem {
  /**
   * The text of a regular file, or undefined when there is none or it cannot be read. `within` are directories, as
   * URIs: a file that is elsewhere, through symbolic links, is not read. Undefined: any place.
   */
  readFile(uri: string, within: readonly string[] | undefined): Promise<string | TooLarge | undefined>;
  /**
   * Files below a directory that start containers or build images, by name; bounded and without duplicates. Where a search
   * will take long, it calls `large` and goes on when that resolves.
   */
  findFiles(folder: string, large: () => Promise<void>): Promise<readonly string[]>;
}
