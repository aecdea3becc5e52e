import type { TooLarge } from "../protocol";

/**
 * What the server needs of the machine it runs on, handed in by its entry point: Node reads disks, the
 * web worker asks its client, tests pass literals.
 */
export interface FileSystem {
  /**
   * The text of a regular file, or undefined when there is none or it cannot be read. `within` are folders, as
   * URIs: a file that really lies elsewhere, by way of symbolic links, is not read. Undefined: any place will do.
   */
  readFile(uri: string, within: readonly string[] | undefined): Promise<string | TooLarge | undefined>;
  /**
   * Files below a folder that start containers or build images, by name; bounded and without duplicates. Where a search
   * will take long, it calls `large` and goes on when that resolves.
   */
  findFiles(folder: string, large: () => Promise<void>): Promise<readonly string[]>;
}
