import * as vscode from "vscode";
import type { Ui } from "../ports";

interface Line extends vscode.QuickPickItem {
  readonly line: string;
}

/** Asks for a line, as a quick pick: what is typed is its first entry, what was given before comes after it. */
export const askLine: Ui["askLine"] = (title, example, earlier) =>
  new Promise((resolve) => {
    const pick = vscode.window.createQuickPick<Line>();
    const offer = (typed: string) => {
      const own = typed.trim() === "" ? [] : [{ ...item(typed), alwaysShow: true }];
      pick.items = [...own, ...earlier.filter((line) => line !== typed).map(item)];
    };
    pick.title = title;
    pick.placeholder = vscode.l10n.t("A command line, for instance {0}", example);
    pick.onDidChangeValue(offer);
    pick.onDidAccept(() => {
      resolve(pick.selectedItems[0]?.line);
      pick.hide();
    });
    pick.onDidHide(() => {
      resolve(undefined);
      pick.dispose();
    });
    offer("");
    pick.show();
  });

/** In a label `$(id)` would be an icon. */
function item(line: string): Line {
  return { label: line.replaceAll("$(", "\\$("), line };
}
