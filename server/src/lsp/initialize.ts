import { type InitializeParams, type InitializeResult, TextDocumentSyncKind } from "vscode-languageserver";
import type { ClientOptions } from "../protocol";
import { fixAllKind, ignoreKind } from "./actions";
import type { Lifecycle } from "./lifecycle";
import { navigateUnits } from "./navigate";
import { offerInScripts, offerKinds } from "./offers";
import { type Session, watchSettings } from "./session";
import { openSettings } from "./settings";
import type { Sync } from "./sync";

const result = ({ commands }: ClientOptions): InitializeResult => ({
  serverInfo: { name: "systemd-containers" },
  capabilities: {
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: false },
    codeActionProvider: {
      codeActionKinds: ["quickfix", fixAllKind, ignoreKind, ...(commands ? Object.values(offerKinds) : [])],
    },
    hoverProvider: true,
    definitionProvider: true,
    referencesProvider: true,
    documentLinkProvider: {},
    inlayHintProvider: true,
    ...(commands && { codeLensProvider: {} }),
    completionProvider: { triggerCharacters: [" ", "=", ",", '"'] },
    diagnosticProvider: {
      identifier: "systemd-containers",
      interFileDependencies: true,
      workspaceDiagnostics: true,
    },
    workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
  },
});

/** Answers `initialize`, and afterwards registers for more documents and notifications of the client. */
export function answerInitialize(session: Session, lifecycle: Lifecycle, sync: Sync): void {
  const { connection, client, files, inBackground } = session;
  connection.onInitialize((params) => {
    const options = (params.initializationOptions ?? {}) as ClientOptions;
    const canAsk = params.capabilities.workspace?.configuration === true;
    client.capabilities = params.capabilities;
    client.options = options;
    client.settings = openSettings(connection, canAsk, options.settings, sync.changedAll);
    files.setFolders(foldersOf(params));
    files.setTrusted(options.trusted !== false);
    files.setStalled(options.stalled ?? []);
    lifecycle.initialized();
    return result(options);
  });
  connection.onInitialized(() => {
    watchSettings(session);
    navigateUnits(session);
    offerInScripts(session);
    if (!client.capabilities.workspace?.workspaceFolders) return;
    connection.workspace.onDidChangeWorkspaceFolders(() =>
      inBackground("reading the workspace folders", async () => {
        const folders = (await connection.workspace.getWorkspaceFolders()) ?? [];
        files.setFolders(folders.map(({ uri }) => uri));
        sync.changedAll();
      }),
    );
  });
}

function foldersOf({ workspaceFolders, rootUri }: InitializeParams): string[] {
  if (workspaceFolders) return workspaceFolders.map(({ uri }) => uri);
  return rootUri ? [rootUri] : [];
}
