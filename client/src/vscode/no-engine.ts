import * as vscode from "vscode";
import type { EngineAccess, Refusal } from "../ports";

/**
 * Access to engines in a browser, where none can be reached. The commands that need one are hidden from the palette,
 * and calling one shows the reason.
 */
export function noEngine(): EngineAccess {
  void vscode.commands.executeCommand("setContext", "systemdContainers.noEngine", true);
  return {
    find: async () => {
      const text = vscode.l10n.t(
        "Container engines are not available in a browser. Open the workspace in VS Code for the desktop.",
      );
      throw Object.assign(new Error(text), { code: "no-engine-here" as const }) satisfies Refusal;
    },
  };
}
