/**
 * What the server needs of the machine it runs on, handed in by its entry point: Node reads disks, the
 * web worker asks its client, tests pass literals.
 */
export interface World {
  /** The text of a file, or undefined when there is none or it cannot be read. */
  readFile(uri: string): Promise<string | undefined>;
  /** Files below a folder that start containers or build images, by name; bounded and without duplicates. */
  findFiles(folder: string): Promise<readonly string[]>;
}
