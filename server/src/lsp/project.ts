import { recording, type Snapshot } from "../core/base/snapshot";
import { type BuildLinks, buildLinks } from "../core/project/links";
import { isRunFile } from "../core/surfaces/files";
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
  let links: BuildLinks | undefined;
  let asked: ReadonlySet<string> = new Set();
  let isStale = true;
  let working: Promise<void> | undefined;
  files.whenChanged((uri) => {
    isStale ||= uri === undefined || asked.has(uri) || isRunFile(uri);
  });

  const work = async () => {
    for (let round = 1; isStale; round++) {
      const record = recording(await files.snapshot());
      isStale = false;
      const found = buildLinks(record.snapshot);
      asked = record.asked;
      // Loading these files makes the links stale.
      if (round < maxRounds) await files.load(record.missed);
      if (isStale && round < maxRounds) continue;
      const before = links;
      links = found;
      if (before) relinked(differing(before, found));
    }
  };
  return async () => {
    while (isStale || !links) {
      working ??= work().finally(() => {
        working = undefined;
      });
      await working;
    }
    return { snapshot: await files.snapshot(), links };
  };
}

/** The Dockerfiles whose run files differ, even if only in their order. */
function differing(before: BuildLinks, after: BuildLinks): string[] {
  const all = new Set([...before.keys(), ...after.keys()]);
  return [...all].filter((uri) => String(before.get(uri)) !== String(after.get(uri)));
}
