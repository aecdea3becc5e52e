import { recording, type Snapshot } from "../core/base/snapshot";
import type { Files } from "./files";

/** Files are found in files; an answer that asks for more rounds than this is made without the last of them. */
const maxRounds = 8;

/**
 * The answer that is made from a snapshot. Files that it asks for are loaded, and it is made again. Those that are not
 * watched are forgotten afterwards, so that the next answer reads them again.
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
    for (const other of missed) if (!isWatched(other)) asked.add(other);
    if (round < maxRounds && (await files.load(missed))) continue;
    for (const other of asked) files.forget(other);
    return answer;
  }
}
