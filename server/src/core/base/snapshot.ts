/**
 * The workspace as the core sees it: texts by URI. `read` gives undefined for a file that is absent or not
 * loaded yet; the shell that calls loads what was missed and calls again.
 */
export interface Snapshot {
  read(uri: string): string | undefined;
  /** Files of the workspace that start containers, if the shell knows them. */
  readonly runFiles: readonly string[];
  /**
   * Dockerfiles of the workspace; absent if the shell does not search for them. Their texts are possibly not
   * loaded yet.
   */
  readonly dockerfiles?: readonly string[];
}

/** A snapshot that records requests, and those without an answer. */
export function recording(snapshot: Snapshot): {
  readonly snapshot: Snapshot;
  readonly asked: ReadonlySet<string>;
  readonly missed: ReadonlySet<string>;
} {
  const asked = new Set<string>();
  const missed = new Set<string>();
  const read = (uri: string) => {
    asked.add(uri);
    const text = snapshot.read(uri);
    if (text === undefined) missed.add(uri);
    return text;
  };
  return { snapshot: { ...snapshot, read }, asked, missed };
}
