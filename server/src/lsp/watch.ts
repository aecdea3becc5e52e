import { type Connection, DidChangeWatchedFilesNotification } from "vscode-languageserver";
import { URI } from "vscode-uri";
import { isDockerfile, isRunFile } from "../core/project";

/**
 * Asks the client to watch the files that verdicts depend on. An entry script can have any name, and so can
 * a Dockerfile that a compose file builds; only what is found by its name the client watches by itself.
 * One watcher a name: an event of a file that nobody asked for concerns no verdict.
 */
export function openWatchers(connection: Connection): (asked: Iterable<string>) => Promise<void> {
  const watched = new Set<string>();
  return async (asked) => {
    const names = [...asked].filter((uri) => !isDockerfile(uri) && !isRunFile(uri)).map(nameOf);
    const fresh = [...new Set(names)].filter((name) => name !== "" && !watched.has(name));
    if (fresh.length === 0) return;
    for (const name of fresh) watched.add(name);
    await connection.client.register(DidChangeWatchedFilesNotification.type, {
      watchers: fresh.map((name) => ({ globPattern: `**/${literal(name)}` })),
    });
  };
}

function nameOf(uri: string): string {
  return URI.parse(uri).path.split("/").at(-1) ?? "";
}

/** A name as a glob: what means something in a glob stands for any one character. */
function literal(name: string): string {
  return name.replace(/[*?[\]{}\\]/g, "?");
}
