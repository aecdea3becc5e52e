import { recording, type Snapshot } from "../core/base/snapshot";
import { type BuildLinks, linkWorkspace, type WorkspaceLinks } from "../core/project/links";
import type { Files } from "./files";

/** Run files include others, which can include more. More rounds than this mean a cycle. */
const maxRounds = 8;

/** The files of the workspace with the links between them. */
export interface Project {
  readonly snapshot: Snapshot;
  readonly links: BuildLinks;
}

/**
 * Keeps the links up to date with the files. `relinked` is called with the Dockerfiles that are now built by
 * different files.
 */
export function openProject(
  files: Files,
  relinked: (dockerfiles: readonly string[]) => void,
): () => Promise<Project> {
  let current: WorkspaceLinks | undefined;
  /** Whether all run files must be read again. */
  let isStale = true;
  const changed = new Set<string>();
  let working: Promise<WorkspaceLinks> | undefined;
  files.whenChanged((uri) => {
    if (uri === undefined) isStale = true;
    else changed.add(uri);
  });

  /** Returns the current links if the changes since they were read do not affect them. */
  const unaffected = (snapshot: Snapshot): WorkspaceLinks | undefined => {
    const uris = [...changed];
    changed.clear();
    isStale ||= !current || (uris.length > 0 && !current.holdAfter(uris, snapshot));
    return isStale ? undefined : current;
  };
  const work = async (): Promise<WorkspaceLinks> => {
    const before = current;
    for (let round = 1; ; round++) {
      const record = recording(await files.snapshot());
      isStale = false;
      changed.clear();
      current = linkWorkspace(record.snapshot);
      // The files that are loaded now can affect the links.
      if (round < maxRounds) await files.load(record.missed);
      const { links } = current;
      if (round < maxRounds && !unaffected(await files.snapshot())) continue;
      if (before) relinked(differing(before.links, links));
      return current;
    }
  };
  return async () => {
    for (;;) {
      const snapshot = await files.snapshot();
      const known = working ? undefined : unaffected(snapshot);
      if (known) return { snapshot, links: known.links };
      working ??= work().finally(() => {
        working = undefined;
      });
      await working;
    }
  };
}

/** The Dockerfiles whose run files differ, even if only in their order. */
function differing(before: BuildLinks, after: BuildLinks): string[] {
  const all = new Set([...before.keys(), ...after.keys()]);
  return [...all].filter((uri) => String(before.get(uri)) !== String(after.get(uri)));
}
