import * as vscode from "vscode";
import type { Ui } from "../ports";
import { openVirtualDocuments } from "./virtual-documents";

/** Shows reports, which are rendered, and files from containers, which are shown as text. */
export function openDocuments(): vscode.Disposable & Pick<Ui, "preview" | "showText" | "changeText"> {
  const reports = openVirtualDocuments("systemd-containers");
  const files = openVirtualDocuments("systemd-containers-file");
  return {
    preview: async (name, markdown) => showRendered(await reports.put(`${name}.md`, markdown)),
    showText: async (path, text) => {
      await vscode.window.showTextDocument(await files.put(path, text));
    },
    changeText: (path, text) => void files.put(path, text),
    dispose: () => vscode.Disposable.from(reports, files).dispose(),
  };
}

/** Shows the page of a rule, which is a file included in the extension. */
export function showRulePage({ extensionUri }: vscode.ExtensionContext, rule: string): Promise<void> {
  return showRendered(vscode.Uri.joinPath(extensionUri, "docs/rules", `${rule}.md`));
}

/** Shows a Markdown file rendered, or as text if the built-in Markdown preview is disabled. */
async function showRendered(uri: vscode.Uri): Promise<void> {
  if (vscode.extensions.getExtension("vscode.markdown-language-features")) {
    await vscode.commands.executeCommand("markdown.showPreview", uri);
  } else {
    await vscode.window.showTextDocument(uri);
  }
}
