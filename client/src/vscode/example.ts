import * as vscode from "vscode";
import { buttons } from "../texts/buttons";
import { titles } from "../texts/titles";
import { translate } from "./translate";

const name = "systemd-example";
/** The key under which the directory of the example is stored while the window reloads to open it. */
const opened = "example";

/**
 * Copies the example into a new directory at a location that the user picks, and opens its Dockerfile. If no
 * workspace is open, opens the directory as one. False if no location is picked. Existing files are never
 * overwritten.
 */
export async function openExample(context: vscode.ExtensionContext): Promise<boolean> {
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
  const source = vscode.Uri.joinPath(context.extensionUri, "examples/broken");
  await vscode.workspace.fs.copy(source, directory, { overwrite: false });
  if (folder) await showDockerfile(directory);
  else {
    await context.globalState.update(opened, directory.toString());
    await vscode.commands.executeCommand("vscode.openFolder", directory);
  }
  return true;
}

/** Shows the Dockerfile of the example if this workspace was opened for it. */
export async function showOpenedExample({ globalState }: vscode.ExtensionContext): Promise<void> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  if (!folder || globalState.get(opened) !== folder.uri.toString()) return;
  await globalState.update(opened, undefined);
  await showDockerfile(folder.uri);
}

async function showDockerfile(directory: vscode.Uri): Promise<void> {
  await vscode.window.showTextDocument(vscode.Uri.joinPath(directory, "Dockerfile"));
}

/** A directory at this location that does not exist yet: `systemd-example`, `systemd-example-2`. */
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
