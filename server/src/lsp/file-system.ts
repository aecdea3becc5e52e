import type { TooLarge } from "../protocol";

/**
 * What the server needs from the host that it runs on. Its entry point provides this: Node reads disks, the web
 * worker queries its client, and tests pass literals.
 */
export interface FileSystem {
  /**
   * The content of a regular file, or undefined if there is none or it cannot be read. `within` are directories, as
   * URIs: a file that is outside of them after resolving symbolic links is not read. If `within` is undefined, any
   * location is allowed.
   */
  readFile(uri: string, within: readonly string[] | undefined): Promise<string | TooLarge | undefined>;
  /**
   * Files below a directory that start containers or build images, by name; limited in number and without duplicates.
   * If a search is going to take a long time, it calls `large` and continues when the returned promise resolves.
   */
  findFiles(folder: string, large: () => Promise<void>): Promise<readonly string[]>;
}
