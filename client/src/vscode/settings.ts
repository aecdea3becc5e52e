import * as vscode from "vscode";
import type { Ui } from "../ports";

/** The section of the settings, which is also the prefix of keys in `when` clauses. */
export const section = "systemdContainers";

type SettingsUi = Pick<Ui, "turnRuleOff" | "engineHost" | "replacesAlways" | "alwaysReplace" | "bootTimeout">;

/** The settings that commands read and write. */
export const settings: SettingsUi = {
  turnRuleOff: async (rule, uri) => {
    const resource = vscode.Uri.parse(uri);
    const target = vscode.workspace.getWorkspaceFolder(resource)
      ? vscode.ConfigurationTarget.WorkspaceFolder
      : vscode.ConfigurationTarget.Global;
    await vscode.workspace.getConfiguration(section, resource).update(`rules.${rule}`, "off", target);
  },
  engineHost: () => {
    const configured = vscode.workspace.getConfiguration(section);
    const address: unknown = configured.get("engine.host");
    if (typeof address !== "string" || address === "") return undefined;
    const { workspaceValue, workspaceFolderValue } = configured.inspect("engine.host") ?? {};
    return { address, fromWorkspace: (workspaceFolderValue ?? workspaceValue) !== undefined };
  },
  replacesAlways: () => vscode.workspace.getConfiguration(section).get("boot.replace") === "always",
  alwaysReplace: async () => {
    const { Global, Workspace } = vscode.ConfigurationTarget;
    const target = vscode.workspace.workspaceFolders ? Workspace : Global;
    await vscode.workspace.getConfiguration(section).update("boot.replace", "always", target);
  },
  bootTimeout: (uri) =>
    vscode.workspace.getConfiguration(section, uri ? vscode.Uri.parse(uri) : null).get("boot.timeout", 90),
};
