import * as vscode from "vscode";

/** Read-only documents with this extension's URI scheme. */
export interface VirtualDocuments extends vscode.Disposable {
  /** Stores content at a path, replacing any earlier content, even in an open document. */
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
      // VS Code closes the document behind a preview after a few minutes. From then on, the preview does not notice
      // changes, so the document is opened again first.
      if (texts.has(uri.path)) await vscode.workspace.openTextDocument(uri);
      texts.set(uri.path, text);
      changed.fire(uri);
      return uri;
    },
    dispose: () => vscode.Disposable.from(changed, provider).dispose(),
  };
}
