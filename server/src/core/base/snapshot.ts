/**
 * The workspace as the core sees it: texts by URI. `read` gives undefined for a file that is absent or not
 * loaded yet; the shell that calls loads what was missed and calls again.
 */
export interface Snapshot {
  read(uri: string): string | undefined;
  /** Files of the workspace that start containers, as far as the shell knows them. */
  readonly runFiles: readonly string[];
  /** Dockerfiles of the workspace; absent where the shell looks for none. Their texts may not be loaded yet. */
  readonly dockerfiles?: readonly string[];
}

/** A snapshot that notes what it is asked for, and what of that was not there. */
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
