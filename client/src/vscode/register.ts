import * as vscode from "vscode";
import { commands } from "../commands";
import { runCommand } from "../commands/command";
import type { Dependencies } from "../ports";

/** Registers every command of the table. */
export function registerCommands(context: vscode.ExtensionContext, deps: Dependencies): void {
  for (const [id, command] of Object.entries(commands)) {
    const run = (...args: unknown[]) => runCommand(deps, command, args.map(asText));
    context.subscriptions.push(vscode.commands.registerCommand(id, run));
  }
}

/** Menus hand over URIs, and whatever else they like beside them. */
function asText(arg: unknown): string | undefined {
  if (arg instanceof vscode.Uri) return arg.toString();
  return typeof arg === "string" ? arg : undefined;
}
