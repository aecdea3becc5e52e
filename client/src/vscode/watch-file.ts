import * as vscode from "vscode";
import type { Ui } from "../ports";

/** Watches all saves, and watches one file until no tab shows it anymore. */
export const watchFile: Ui["watchFile"] = (uri, { saved, closed }) => {
  const isIt = (one: vscode.Uri) => one.toString() === uri;
  const isShown = () =>
    vscode.window.tabGroups.all.some(({ tabs }) =>
      tabs.some(({ input }) => input instanceof vscode.TabInputText && isIt(input.uri)),
    );
  const listeners = [
    vscode.workspace.onDidSaveTextDocument((document) => saved(document.uri.toString())),
    vscode.window.tabGroups.onDidChangeTabs((change) => {
      const gone = change.closed.some(({ input }) => input instanceof vscode.TabInputText && isIt(input.uri));
      if (gone && !isShown()) closed();
    }),
  ];
  return () => vscode.Disposable.from(...listeners).dispose();
};
