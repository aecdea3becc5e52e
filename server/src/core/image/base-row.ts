import type { BaseImage } from "./base-image";

/** One row: which names it is for, and what their tag says. */
export interface Row {
  /** The whole name without registry; groups are handed to `read`. */
  readonly names: RegExp;
  read(tag: string, groups: readonly string[], registry: string): BaseImage | undefined;
}
