import * as vscode from "vscode";
import type { Argument } from "../commands/command";
import type { Dependencies, Node } from "../ports";
import type { LoadPalette } from "./commands";

/** Registers all commands of the manifest. Their code is loaded when one of them is called for the first time. */
export function registerCommands(
  context: vscode.ExtensionContext,
  deps: Dependencies,
  load: LoadPalette,
): void {
  const contributed: readonly { readonly command: string }[] =
    context.extension.packageJSON.contributes.commands;
  for (const { command: id } of contributed) {
    const run = (...args: unknown[]) => {
      const { commands, runCommand } = load();
      const command = commands[id];
      return command && runCommand(deps, command, args.map(asArgument));
    };
    context.subscriptions.push(vscode.commands.registerCommand(id, run));
  }
}

/**
 * Converts an argument from VS Code. Menus pass URIs and nodes of the view, and other arguments that are not used
 * here.
 */
function asArgument(arg: unknown): Argument {
  if (arg instanceof vscode.Uri) return arg.toString();
  if (typeof arg === "string") return arg;
  return typeof arg === "object" && arg !== null && "kind" in arg && "engine" in arg
    ? (arg as Node)
    : undefined;
}
