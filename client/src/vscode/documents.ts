import * as vscode from "vscode";
import type { Markdown } from "../text";

const scheme = "systemd-containers";

/** Read-only Markdown documents, shown rendered. */
export interface Documents extends vscode.Disposable {
  preview(name: string, markdown: Markdown): Promise<void>;
}

export function openDocuments(): Documents {
  const texts = new Map<string, string>();
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const provider = vscode.workspace.registerTextDocumentContentProvider(scheme, {
    onDidChange: changed.event,
    provideTextDocumentContent: (uri) => texts.get(uri.path),
  });
  return {
    preview: async (name, markdown) => {
      const uri = vscode.Uri.from({ scheme, path: `/${name}.md` });
      texts.set(uri.path, markdown);
      changed.fire(uri);
      await showRendered(uri);
    },
    dispose: () => vscode.Disposable.from(changed, provider).dispose(),
  };
}

/** Shows the page of a rule, which is a file of the extension. */
export function showRulePage({ extensionUri }: vscode.ExtensionContext, rule: string): Promise<void> {
  return showRendered(vscode.Uri.joinPath(extensionUri, "docs/rules", `${rule}.md`));
}

/** As text where the built-in Markdown preview is switched off. */
async function showRendered(uri: vscode.Uri): Promise<void> {
  if (vscode.extensions.getExtension("vscode.markdown-language-features")) {
    await vscode.commands.executeCommand("markdown.showPreview", uri);
  } else {
    await vscode.window.showTextDocument(uri);
  }
}
