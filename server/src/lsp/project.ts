import { recording, type Snapshot } from "../core/base/snapshot";
import { type BuildLinks, buildLinks } from "../core/project/links";
import type { Files } from "./files";

/** Run files include others, which include others; more rounds than this are a cycle. */
const maxRounds = 8;

/** The files of the workspace with the links between them. */
export interface Project {
  readonly snapshot: Snapshot;
  readonly links: BuildLinks;
}

/**
 * Keeps the links up to date with the files. `relinked` is called with the Dockerfiles that are built by other files
 * than before.
 */
export function openProject(
  files: Files,
  relinked: (dockerfiles: readonly string[]) => void,
): () => Promise<Project> {
  let known: Project | undefined;
  let working: Promise<Project> | undefined;

  const work = async (): Promise<Project> => {
    for (let round = 1; ; round++) {
      const snapshot = await files.snapshot();
      const record = recording(snapshot);
      const links = buildLinks(record.snapshot);
      if (round < maxRounds && (await files.load(record.missed))) continue;
      const before = known?.links;
      known = { snapshot, links };
      if (before) relinked(differing(before, links));
      return known;
    }
  };
  return async () => {
    const snapshot = await files.snapshot();
    if (known?.snapshot === snapshot) return known;
    working ??= work().finally(() => {
      working = undefined;
    });
    return working;
  };
}

/** The Dockerfiles whose run files are not the same, in the same order. */
function differing(before: BuildLinks, after: BuildLinks): string[] {
  const all = new Set([...before.keys(), ...after.keys()]);
  return [...all].filter((uri) => String(before.get(uri)) !== String(after.get(uri)));
}
