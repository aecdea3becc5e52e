import type { Diagnostic, MessageConnection, PublishDiagnosticsParams } from "vscode-languageserver/node";

/** What VS Code reports about itself, to the extent that the servers ask for it. */
export function initializeParams(folder: string | undefined): object {
  return {
    processId: process.pid,
    rootUri: folder ?? null,
    workspaceFolders: folder === undefined ? null : [{ uri: folder, name: "bench" }],
    initializationOptions: { commands: true, linting: true },
    capabilities: {
      textDocument: {
        synchronization: { dynamicRegistration: true },
        publishDiagnostics: { versionSupport: true, relatedInformation: true },
        diagnostic: { dynamicRegistration: true, relatedDocumentSupport: false },
        completion: {
          completionItem: { snippetSupport: true, documentationFormat: ["markdown", "plaintext"] },
        },
        hover: { contentFormat: ["markdown", "plaintext"] },
        codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ["quickfix"] } } },
      },
      workspace: {
        configuration: true,
        workspaceFolders: true,
        didChangeConfiguration: { dynamicRegistration: true },
        didChangeWatchedFiles: { dynamicRegistration: true },
        diagnostics: { refreshSupport: true },
      },
    },
  };
}

/** Waits for the next diagnostics that a server sends for a version of a document, where it reports which, or later. */
export type Published = (uri: string, version: number) => Promise<void>;

export function publishedOn(
  connection: MessageConnection,
  seen: (uri: string, diagnostics: readonly Diagnostic[]) => void = () => {},
): Published {
  interface Waiting {
    readonly version: number;
    readonly resolve: () => void;
  }
  const waiting = new Map<string, Waiting>();
  connection.onNotification("textDocument/publishDiagnostics", (params: PublishDiagnosticsParams) => {
    // Servers write one URI in several ways.
    const uri = decodeURIComponent(params.uri);
    seen(uri, params.diagnostics);
    const waits = waiting.get(uri);
    if (!waits || (params.version ?? waits.version) < waits.version) return;
    waiting.delete(uri);
    waits.resolve();
  });
  return (uri, version) =>
    new Promise((resolve) => void waiting.set(decodeURIComponent(uri), { version, resolve }));
}
