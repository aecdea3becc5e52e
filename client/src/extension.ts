import type { ExtensionContext } from "vscode";
import { nodeEngine } from "./vscode/engine";
import { startServer } from "./vscode/language-client";
import { openMemory } from "./vscode/memory";
import { nodeClient } from "./vscode/node-client";
import { registerCommands } from "./vscode/register";
import { openUi } from "./vscode/ui";

/** Entry of the desktop and of remote hosts: makes the parts and joins them. */
export function activate(context: ExtensionContext): void {
  const server = startServer(context, nodeClient(context));
  const ui = openUi(context);
  registerCommands(context, {
    ui,
    server,
    engine: nodeEngine(context),
    clock: performance,
    memory: openMemory(context),
  });
}
