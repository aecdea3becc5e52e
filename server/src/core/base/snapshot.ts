/**
 * The workspace as the core accesses it: the contents of files, by URI. `read` returns undefined for a file that is
 * absent or not loaded yet; the caller then loads the missing files and calls again.
 */
export interface Snapshot {
  read(uri: string): string | undefined;
  /** The files of the workspace that start containers, if the shell has found any. */
  readonly runFiles: readonly string[];
  /**
   * The Dockerfiles of the workspace; absent if the shell does not search for them. Their contents might not be
   * loaded yet.
   */
  readonly dockerfiles?: readonly string[];
}

/** A snapshot that records all requests, and separately those without an answer. */
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
