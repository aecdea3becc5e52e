import * as vscode from "vscode";

/** The only command that hovers may run. */
export const ruleCommand = "systemdContainers.showRule";

/** A command URI that shows the page of a rule in the editor. */
export function rulePageUri(rule: string): vscode.Uri {
  return vscode.Uri.parse(`command:${ruleCommand}?${encodeURIComponent(JSON.stringify([rule]))}`);
}

/** Diagnostic codes that are not rules. */
const notices: readonly unknown[] = ["unused-ignore", "not-linted"];

/** Turns the code of each diagnostic into a link to the page of its rule. */
export function linkRules(diagnostics: readonly vscode.Diagnostic[]): void {
  for (const diagnostic of diagnostics) {
    const { code } = diagnostic;
    if (typeof code !== "string" || notices.includes(code)) continue;
    diagnostic.code = { value: code, target: rulePageUri(code) };
  }
}
