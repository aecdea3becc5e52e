import * as vscode from "vscode";
import type { Ui } from "../ports";

const scheme = "systemd-containers-file";

/** Files of containers as documents that cannot be edited; what is opened again is shown as it is then. */
export function openTexts(): vscode.Disposable & Pick<Ui, "showText"> {
  const texts = new Map<string, string>();
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const provider = vscode.workspace.registerTextDocumentContentProvider(scheme, {
    onDidChange: changed.event,
    provideTextDocumentContent: (uri) => texts.get(uri.path),
  });
  return {
    showText: async (path, text) => {
      const uri = vscode.Uri.from({ scheme, path: `/${path}` });
      texts.set(uri.path, text);
      changed.fire(uri);
      await vscode.window.showTextDocument(uri);
    },
    dispose: () => vscode.Disposable.from(changed, provider).dispose(),
  };
}
