import * as vscode from "vscode";
import type { Argument } from "../commands/command";
import type { Dependencies, Node } from "../ports";
import type { LoadCommands } from "./commands";

/** Registers every command that the manifest names; each is loaded when it is first called. */
export function registerCommands(
  context: vscode.ExtensionContext,
  deps: Dependencies,
  load: LoadCommands,
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

/** Menus pass URIs and nodes of the view, together with arguments that are not used here. */
function asArgument(arg: unknown): Argument {
  if (arg instanceof vscode.Uri) return arg.toString();
  if (typeof arg === "string") return arg;
  return typeof arg === "object" && arg !== null && "kind" in arg && "engine" in arg
    ? (arg as Node)
    : undefined;
}
