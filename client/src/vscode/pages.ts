import * as vscode from "vscode";
import type { PageAction, PageParts, Ui } from "../ports";
import { escaped } from "../text";

/** Opens HTML pages. Their script is a separate file that each page loads. */
export function openPages({ extensionUri }: vscode.ExtensionContext): Pick<Ui, "openPage"> {
  const files = vscode.Uri.joinPath(extensionUri, "client/out/page");
  return {
    openPage: (title, { act, closed }) => {
      const panel = vscode.window.createWebviewPanel(
        "systemdContainers.page",
        title,
        vscode.ViewColumn.Active,
        { enableScripts: true, localResourceRoots: [files] },
      );
      const { webview } = panel;
      let shown: PageParts = {};
      const send = () => void webview.postMessage({ parts: shown });
      webview.onDidReceiveMessage((message: unknown) => {
        const pressed = readAction(message);
        // A page that was hidden loads again and then needs its content.
        if (pressed?.action === "ready") send();
        else if (pressed) act(pressed);
      });
      panel.onDidDispose(closed);
      return {
        show: (parts) => {
          const isFirst = Object.keys(shown).length === 0;
          shown = parts;
          if (isFirst) webview.html = documentOf(webview, files, title, parts);
          else send();
        },
        reveal: () => panel.reveal(),
      };
    },
  };
}

/** Parses a message from a page. Only `action` and `index` are used. */
function readAction(message: unknown): PageAction | undefined {
  const { action, index } = (message ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof action !== "string") return undefined;
  return { action, index: typeof index === "number" ? index : undefined };
}

/** The complete document. It loads only its own script and style sheet, and no other scripts can run. */
function documentOf(webview: vscode.Webview, files: vscode.Uri, title: string, parts: PageParts): string {
  const nonce = crypto.randomUUID();
  const at = (name: string) => escaped(webview.asWebviewUri(vscode.Uri.joinPath(files, name)).toString());
  const policy = `default-src 'none'; style-src ${webview.cspSource}; script-src 'nonce-${nonce}'`;
  const sections = Object.entries(parts).map(
    ([id, html]) => `<section id="${id}"${id === "status" ? ' role="status"' : ""}>${html}</section>`,
  );
  return `<!DOCTYPE html>
<html lang="${escaped(vscode.env.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escaped(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<link rel="stylesheet" href="${at("page.css")}">
</head>
<body>
<main>${sections.join("")}</main>
<script nonce="${nonce}" src="${at("page.js")}"></script>
</body>
</html>`;
}
