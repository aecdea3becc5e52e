import type { BaseImage } from "./base-image";

/** One row: the names to which it applies, and how their tag is read. */
export interface Row {
  /** Matches the full name without registry; its groups are passed to `read`. */
  readonly names: RegExp;
  read(tag: string, groups: readonly string[], registry: string): BaseImage | undefined;
}
