import type { ExtensionContext } from "vscode";
import type { Server } from "./ports";
import { nodeCommands } from "./vscode/commands";
import { nodeEngine } from "./vscode/engine";
import { showOpenedExample } from "./vscode/example";
import { registerInspection } from "./vscode/inspection";
import { startServer } from "./vscode/language-client";
import { openMemory } from "./vscode/memory";
import { nodeClient } from "./vscode/node-client";
import { registerCommands } from "./vscode/register";
import { openRunningLenses } from "./vscode/running-lenses";
import { registerTasks } from "./vscode/tasks";
import { registerView } from "./vscode/tree";
import { openUi } from "./vscode/ui";

/** Entry point for the desktop and for remote hosts: creates the parts and connects them. */
export function activate(context: ExtensionContext): void {
  const lenses = openRunningLenses();
  const server = startServer(context, nodeClient(context), { engine: true }, lenses.middleware);
  const load = nodeCommands(context);
  const ui = openUi(context, load);
  const engine = nodeEngine(context);
  const outside = { ui, engine, clock: performance, memory: openMemory(context) };
  const lookAgain = registerInspection(context, { ...outside, server }, server, load);
  const engineFacts: Server["engineFacts"] = async (facts) => {
    await server.engineFacts(facts);
    lookAgain();
  };
  const parts = { ...outside, server: { ...server, engineFacts } };
  const deps = {
    ...parts,
    view: registerView(context, parts, load, (shown) => lenses.show(shown, server.refreshLenses)),
  };
  registerCommands(context, deps, load);
  registerTasks(context, deps, load);
  void showOpenedExample(context);
}
