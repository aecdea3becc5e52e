import type { CodeAction, Command, Uri } from "vscode";
import type { Middleware } from "vscode-languageclient";

/**
 * If a quick fix edits another file, VS Code saves that file without showing it. This middleware makes such fixes
 * open the file.
 */
export const openOtherFiles: Middleware = {
  provideCodeActions: async (document, range, context, token, next) => {
    const actions = await next(document, range, context, token);
    for (const action of actions ?? []) openAfterwards(action, document.uri);
    return actions;
  },
};

function openAfterwards(action: CodeAction | Command, own: Uri): void {
  if (!("edit" in action) || action.command) return;
  const others = (action.edit?.entries() ?? []).map(([uri]) => uri);
  const other = others.find((uri) => uri.toString() !== own.toString());
  if (other) action.command = { title: action.title, command: "vscode.open", arguments: [other] };
}
