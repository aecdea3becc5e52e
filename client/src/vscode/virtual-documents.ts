import * as vscode from "vscode";

/** Texts under a scheme of this extension: documents that cannot be edited. */
export interface VirtualDocuments extends vscode.Disposable {
  /** Puts a text at a path, in place of what was there, also where that is shown. */
  put(path: string, text: string): Promise<vscode.Uri>;
}

export function openVirtualDocuments(scheme: string): VirtualDocuments {
  const texts = new Map<string, string>();
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const provider = vscode.workspace.registerTextDocumentContentProvider(scheme, {
    onDidChange: changed.event,
    provideTextDocumentContent: (uri) => texts.get(uri.path),
  });
  return {
    put: async (path, text) => {
      const uri = vscode.Uri.from({ scheme, path: `/${path}` });
      // A preview shows a document that VS Code closes after some minutes; only of one that is open it hears of changes.
      if (texts.has(uri.path)) await vscode.workspace.openTextDocument(uri);
      texts.set(uri.path, text);
      changed.fire(uri);
      return uri;
    },
    dispose: () => vscode.Disposable.from(changed, provider).dispose(),
  };
}
