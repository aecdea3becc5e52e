import * as vscode from "vscode";
import { buttons } from "../texts/buttons";
import { titles } from "../texts/titles";
import { translate } from "./translate";

const name = "systemd-example";

/**
 * Copies the example into a new directory that the person picks the place of, and opens its Dockerfile, in a new
 * workspace where none is open. False when no place was picked. Nothing that exists is written over.
 */
export async function openExample({ extensionUri }: vscode.ExtensionContext): Promise<boolean> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  const [place] =
    (await vscode.window.showOpenDialog({
      title: titles.selectExamplePlace(translate),
      openLabel: buttons.createExample(translate),
      canSelectFolders: true,
      canSelectFiles: false,
      defaultUri: folder?.uri,
    })) ?? [];
  if (!place) return false;
  const directory = await freeDirectory(place);
  const source = vscode.Uri.joinPath(extensionUri, "examples/broken");
  await vscode.workspace.fs.copy(source, directory, { overwrite: false });
  if (!folder) await vscode.commands.executeCommand("vscode.openFolder", directory);
  else await vscode.window.showTextDocument(vscode.Uri.joinPath(directory, "Dockerfile"));
  return true;
}

/** A directory in that place which does not exist: `systemd-example`, `systemd-example-2`. */
async function freeDirectory(place: vscode.Uri): Promise<vscode.Uri> {
  for (let count = 1; ; count++) {
    const directory = vscode.Uri.joinPath(place, count === 1 ? name : `${name}-${count}`);
    try {
      await vscode.workspace.fs.stat(directory);
    } catch {
      return directory;
    }
  }
}
