import * as vscode from "vscode";
import { kindOfDocument, kindOfName, namedGlobs } from "../names";
import type { FileKind, Place, Ui } from "../ports";

/** The maximum number of files in a list. No user would pick from a longer one. */
const maxFiles = 200;

/** Directories whose files were not written by the user. */
const notOurs = "**/{node_modules,.git}/**";

type Files = Pick<
  Ui,
  | "texts"
  | "activeFile"
  | "cursor"
  | "openFiles"
  | "activeUnitFile"
  | "kind"
  | "findFiles"
  | "findNamed"
  | "save"
  | "saveAs"
  | "path"
  | "folder"
  | "label"
  | "inWorkspace"
  | "reveal"
  | "showFixes"
>;

/** The functions for files that commands use. They take URIs and return the editor's data about the files. */
export const files: Files = {
  texts: async () => {
    const texts: { label: string; text: string }[] = [];
    const { document, selection } = vscode.window.activeTextEditor ?? {};
    if (document && selection && !selection.isEmpty) {
      texts.push({ label: vscode.l10n.t("Selection"), text: document.getText(selection) });
    } else if (document && !kindOf(document.uri)) {
      const label = vscode.workspace.asRelativePath(document.uri);
      texts.push({ label, text: document.getText() });
    }
    texts.push({ label: vscode.l10n.t("Clipboard"), text: await vscode.env.clipboard.readText() });
    return texts.filter(({ text }) => text.trim() !== "");
  },
  activeFile: () => {
    const document = vscode.window.activeTextEditor?.document;
    return document && kindOf(document.uri) ? document.uri.toString() : undefined;
  },
  cursor: () => {
    const { document, selection } = vscode.window.activeTextEditor ?? {};
    if (!document || !selection) return undefined;
    const { line, character } = selection.active;
    return { uri: document.uri.toString(), line, character };
  },
  openFiles: () => {
    const tabs = vscode.window.tabGroups.all.flatMap(({ tabs: shown }) => shown);
    const uris = tabs.flatMap(({ input }) =>
      input instanceof vscode.TabInputText ? input.uri.toString() : [],
    );
    return [...new Set(uris)];
  },
  activeUnitFile: () => {
    const document = vscode.window.activeTextEditor?.document;
    const isUnit = document?.languageId === "systemd-unit" && document.uri.scheme === "file";
    return isUnit ? document.uri.toString() : undefined;
  },
  kind: (uri) => kindOf(vscode.Uri.parse(uri)),
  findFiles: async () => {
    const found = await Promise.all(
      namedGlobs.map((glob) => vscode.workspace.findFiles(glob, notOurs, maxFiles)),
    );
    return found
      .flat()
      .map((uri) => uri.toString())
      .filter((uri) => kindOfName(uri) !== undefined)
      .sort();
  },
  findNamed: async (name) => {
    // Characters that could have a meaning in the pattern are replaced with `?`, which matches any character.
    const pattern = `**/${name.replace(/[^\w.@:-]/g, "?")}`;
    const found = await vscode.workspace.findFiles(pattern, notOurs, maxFiles);
    const same = found.filter(({ path }) => path.slice(path.lastIndexOf("/") + 1) === name);
    return same.map((uri) => uri.toString()).sort();
  },
  save: async (text) => {
    const uri = vscode.Uri.parse(text);
    if (uri.scheme !== "file") return false;
    const document = openDocument(uri);
    return document?.isDirty ? document.save() : true;
  },
  saveAs: async (uri) => {
    await vscode.window.showTextDocument(vscode.Uri.parse(uri));
    await vscode.commands.executeCommand("workbench.action.files.saveAs");
  },
  path: (uri) => vscode.Uri.parse(uri).fsPath,
  folder: (uri) => vscode.Uri.joinPath(vscode.Uri.parse(uri), "..").fsPath,
  label: (uri) => vscode.workspace.asRelativePath(vscode.Uri.parse(uri)),
  inWorkspace: (uri) => vscode.workspace.getWorkspaceFolder(vscode.Uri.parse(uri)) !== undefined,
  reveal,
  showFixes: async (place) => {
    await reveal(place);
    await vscode.commands.executeCommand("editor.action.quickFix");
  },
};

async function reveal({ uri, line, character = 0 }: Place): Promise<void> {
  const position = new vscode.Position(line, character);
  const selection = new vscode.Range(position, position);
  await vscode.window.showTextDocument(vscode.Uri.parse(uri), { selection });
}

function openDocument(uri: vscode.Uri): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
}

function kindOf(uri: vscode.Uri): FileKind | undefined {
  return kindOfDocument(uri.path, openDocument(uri)?.languageId ?? "") ?? kindOfName(uri.path);
}
