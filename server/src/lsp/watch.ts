import { type Connection, DidChangeWatchedFilesNotification, type Disposable } from "vscode-languageserver";
import { URI } from "vscode-uri";
import { mayBeLinted } from "../core/surfaces/files";

/** The number of watched names above which those that no result depends on are dropped. */
const fewNames = 50;

/**
 * Makes the client watch the files that results depend on: those in `asked` now, and those `needed` by any result. On
 * its own, the client only watches files whose names it recognizes, but an entry script can have any name, and so can
 * a Dockerfile that a Compose file builds. There is one watcher per name, and an event for a file that no result
 * needs has no effect.
 */
export function openWatchers(
  connection: Connection,
): (asked: Iterable<string>, needed: () => Iterable<string>) => Promise<void> {
  const watched = new Map<string, Promise<Disposable>>();
  /** Files whose names are watched. Most results depend on the same files as before. */
  const known = new Set<string>();
  let manyNames = fewNames;

  const giveUp = async (needed: Iterable<string>) => {
    const kept = new Set(namesOf(needed));
    known.clear();
    const stale = [...watched].filter(([name]) => !kept.has(name));
    for (const [name] of stale) watched.delete(name);
    manyNames = Math.max(fewNames, 2 * watched.size);
    for (const [, watcher] of stale) (await watcher).dispose();
  };
  return async (asked, needed) => {
    const unknown = [...asked].filter((uri) => !known.has(uri));
    for (const uri of unknown) known.add(uri);
    const fresh = namesOf(unknown).filter((name) => !watched.has(name));
    for (const name of fresh) {
      watched.set(
        name,
        connection.client.register(DidChangeWatchedFilesNotification.type, {
          watchers: [{ globPattern: `**/${literal(name)}` }],
        }),
      );
    }
    await Promise.all(fresh.map((name) => watched.get(name)));
    if (watched.size > manyNames) await giveUp(needed());
  };
}

function namesOf(uris: Iterable<string>): string[] {
  const names = [...uris].filter((uri) => !mayBeLinted(uri)).map(nameOf);
  return [...new Set(names)].filter((name) => name !== "");
}

function nameOf(uri: string): string {
  return URI.parse(uri).path.split("/").at(-1) ?? "";
}

/** A name as a glob: each special character is replaced with a match for any single character. */
function literal(name: string): string {
  return name.replace(/[*?[\]{}\\]/g, "?");
}
