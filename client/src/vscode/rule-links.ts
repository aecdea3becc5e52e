import * as vscode from "vscode";

/** The one command that hovers may run. */
export const ruleCommand = "systemdContainers.showRule";

/** The address that shows the page of a rule inside the editor. */
export function rulePageUri(rule: string): vscode.Uri {
  return vscode.Uri.parse(`command:${ruleCommand}?${encodeURIComponent(JSON.stringify([rule]))}`);
}

/** Codes that are not rules. */
const notices: readonly unknown[] = ["unused-ignore", "not-linted"];

/** Makes the code of each diagnostic a link to the page of its rule. */
export function linkRules(diagnostics: readonly vscode.Diagnostic[]): void {
  for (const diagnostic of diagnostics) {
    const { code } = diagnostic;
    if (typeof code !== "string" || notices.includes(code)) continue;
    diagnostic.code = { value: code, target: rulePageUri(code) };
  }
}
