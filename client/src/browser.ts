import type { ExtensionContext } from "vscode";
import { commands, runCommand, wordsOf } from "./commands-entry";
import { startServer } from "./vscode/language-client";
import { openMemory } from "./vscode/memory";
import { noEngine } from "./vscode/no-engine";
import { registerCommands } from "./vscode/register";
import { openUi } from "./vscode/ui";
import { webClient } from "./vscode/web-client";

/** Entry point for the web: like extension.ts, but the language server is a worker and there isn't an engine. */
export function activate(context: ExtensionContext): void {
  const server = startServer(context, webClient(context), { engine: false });
  const load = () => ({ commands, runCommand, wordsOf });
  const ui = openUi(context, load);
  const view = { used: () => undefined, refresh: () => undefined };
  const deps = { ui, server, engine: noEngine(), clock: performance, memory: openMemory(context), view };
  registerCommands(context, deps, load);
}
