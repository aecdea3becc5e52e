import * as vscode from "vscode";
import type { Ui } from "../ports";
import { plain } from "../text";

/** The prefix of the server's code action kinds for these comments. The id of the rule follows. */
const kind = "systemdContainers.ignore";

/** The ignore comments that the server proposes. They are applied as edits that can be undone. */
export const ignoreComments: Ui["ignoreComments"] = async (text, range) => {
  const uri = vscode.Uri.parse(text);
  await vscode.workspace.openTextDocument(uri);
  const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    "vscode.executeCodeActionProvider",
    uri,
    range === undefined ? vscode.window.activeTextEditor?.selection : toRange(range),
    kind,
  );
  return actions.flatMap(({ title, edit, kind: found }) => {
    if (!edit || !found?.value.startsWith(`${kind}.`)) return [];
    const apply = async () => void (await vscode.workspace.applyEdit(edit));
    return [{ rule: found.value.slice(kind.length + 1), title: plain(title), apply }];
  });
};

/** Parses a range in the format that the server uses in the arguments of commands. */
function toRange(written: string): vscode.Range {
  const { start, end } = JSON.parse(written);
  return new vscode.Range(start.line, start.character, end.line, end.character);
}
