/**
 * The world as the core sees it: texts by URI. `read` gives undefined for a file that is absent or not
 * loaded yet; the shell that calls loads what was missed and calls again.
 */
export interface Snapshot {
  read(uri: string): string | undefined;
  /** Files of the workspace that start containers, as far as the shell knows them. */
  readonly runFiles: readonly string[];
}
