import { recording, type Snapshot } from "../core/base/snapshot";
import { seenReference } from "../core/image/base-images";
import type { Files } from "./files";

/**
 * Files refer to other files. An answer that needs more rounds than this is computed without the files of the last
 * rounds.
 */
const maxRounds = 8;

/**
 * Computes an answer from a snapshot. If it needs more files, they are loaded, and the answer is computed again.
 * Files that are not watched are dropped afterwards, so that the next answer reads them again. The client reports when
 * an inspected image changes.
 */
export async function withFiles<Given extends { readonly snapshot: Snapshot }, Answer>(
  files: Files,
  give: () => Promise<Given>,
  make: (given: Given) => Answer,
  isWatched: (uri: string) => boolean = () => false,
): Promise<Answer> {
  const asked = new Set<string>();
  for (let round = 1; ; round++) {
    const given = await give();
    const { snapshot, missed } = recording(given.snapshot);
    const answer = make({ ...given, snapshot });
    for (const other of missed) if (!isWatched(other) && seenReference(other) === undefined) asked.add(other);
    if (round < maxRounds && (await files.load(missed))) continue;
    for (const other of asked) files.forget(other);
    return answer;
  }
}
