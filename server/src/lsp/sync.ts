import { CodeLensRefreshRequest, FileChangeType } from "vscode-languageserver";
import { readTarget } from "../core/lint/settings";
import { isRunFile } from "../core/surfaces/files";
import { engineFactsMethod, trustMethod } from "../protocol";
import type { Session } from "./session";
import { openBurst } from "./timing";

/** Passes changes on to everything that depends on them. */
export interface Sync {
  /** Settings, engine facts or the set of files changed: every file is linted again. */
  changedAll(): void;
  /** One file changed. */
  changed(uri: string): void;
}

/** `publish` sends the diagnostics of an open document to a client that does not pull. */
export function openSync(session: Session, publish: (uri: string) => void): Sync {
  const { changes, client, connection, documents, files, inBackground, analysis } = session;
  const pulls = () => client.capabilities.textDocument?.diagnostic !== undefined;
  const pullAgain = openBurst(() =>
    inBackground("requesting a diagnostics refresh", async () => connection.languages.diagnostics.refresh()),
  );
  /** Makes a pulling client pull again, or pushes to one that cannot pull. */
  const refresh = (uris: readonly string[] | "all") => {
    changes.happened();
    if (pulls()) {
      if (client.capabilities.workspace?.diagnostics?.refreshSupport) pullAgain();
      return;
    }
    for (const { uri } of documents.all()) if (uris === "all" || uris.includes(uri)) publish(uri);
  };
  const showAgain = openBurst(() => refreshShown(session));
  const changedAll = () => {
    analysis.changedAll();
    refresh("all");
    showAgain();
  };
  const changed = (uri: string) => {
    const others = analysis.changed(uri).filter((dependent) => dependent !== uri);
    // A pulling client pulls the document that it changed again, but it must be informed about the others.
    if (pulls() && others.length === 0) changes.happened();
    else refresh([uri, ...others]);
  };
  analysis.whenRelinked((uris) => {
    refresh(uris);
    showAgain();
  });
  files.whenFound(() => refresh("all"));
  listenToDocuments(session, { changed });
  listenToFiles(session, { changedAll, changed }, refresh);
  return { changedAll, changed };
}

/** Makes the client request again what it shows between the lines. */
function refreshShown({ client, connection, inBackground }: Session): void {
  const { codeLens, inlayHint } = client.capabilities.workspace ?? {};
  if (codeLens?.refreshSupport)
    inBackground("requesting a lens refresh", () => connection.sendRequest(CodeLensRefreshRequest.type));
  if (inlayHint?.refreshSupport)
    inBackground("requesting a hint refresh", () => connection.languages.inlayHint.refresh());
}

function listenToDocuments(session: Session, { changed }: Pick<Sync, "changed">): void {
  const { client, connection, documents, files, inBackground } = session;
  documents.onDidChangeContent(({ document: { uri } }) => changed(uri));
  documents.onDidClose(({ document: { uri } }) => {
    files.forget(uri);
    client.settings.close(uri);
    changed(uri);
    if (!client.capabilities.textDocument?.diagnostic)
      inBackground("clearing diagnostics", () => connection.sendDiagnostics({ uri, diagnostics: [] }));
  });
}

function listenToFiles(
  { client, connection, files, analysis }: Session,
  { changedAll }: Sync,
  refresh: (uris: readonly string[] | "all") => void,
): void {
  connection.onDidChangeWatchedFiles(({ changes: events }) => {
    const cameOrWent = events.filter(({ type }) => type !== FileChangeType.Changed);
    for (const { uri } of events) files.forget(uri);
    if (cameOrWent.length > 0) files.forgetFolders();
    const dependents = events.flatMap(({ uri }) => [uri, ...analysis.changed(uri)]);
    // A run file that was added or removed may build the Dockerfile of any document. A Dockerfile that it does not
    // build keeps its result.
    refresh(cameOrWent.some(({ uri }) => isRunFile(uri)) ? "all" : dependents);
  });
  connection.onDidChangeConfiguration(({ settings: pushed }) => {
    client.settings.forget(pushed);
    changedAll();
  });
  connection.onNotification(trustMethod, () => {
    files.setTrusted(true);
    changedAll();
  });
  connection.onNotification(engineFactsMethod, (facts: unknown) => {
    client.settings.setEngine(readTarget(facts));
    changedAll();
  });
}
