import type { BaseImage } from "./base-image";

/** One row: the names it applies to, and how their tag is read. */
export interface Row {
  /** The whole name without registry; groups are handed to `read`. */
  readonly names: RegExp;
  read(tag: string, groups: readonly string[], registry: string): BaseImage | undefined;
}
