import { type Connection, DidChangeWatchedFilesNotification, type Disposable } from "vscode-languageserver";
import { URI } from "vscode-uri";
import { mayBeLinted } from "../core/surfaces/files";

/** So many names are watched before those that no result depends on are given up. */
const fewNames = 50;

/**
 * Asks the client to watch the files that results depend on: those that were `asked` for now, and `needed` by any.
 * An entry script can have any name, and so can a Dockerfile that a compose file builds; the client watches only what is
 * found by its name. One watcher a name: an event of a file that no result needs has no effect.
 */
export function openWatchers(
  connection: Connection,
): (asked: Iterable<string>, needed: () => Iterable<string>) => Promise<void> {
  const watched = new Map<string, Promise<Disposable>>();
  let manyNames = fewNames;

  const giveUp = async (needed: Iterable<string>) => {
    const kept = new Set(namesOf(needed));
    const stale = [...watched].filter(([name]) => !kept.has(name));
    for (const [name] of stale) watched.delete(name);
    manyNames = Math.max(fewNames, 2 * watched.size);
    for (const [, watcher] of stale) (await watcher).dispose();
  };
  return async (asked, needed) => {
    const fresh = namesOf(asked).filter((name) => !watched.has(name));
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

/** A name as a glob: what means something in a glob stands for any one character. */
function literal(name: string): string {
  return name.replace(/[*?[\]{}\\]/g, "?");
}
