import { createRequire } from "node:module";
import type * as vscode from "vscode";
import type * as CommandsBundle from "../commands-entry";

/** Returns the bundle that runs commands and tasks. It is loaded on the first call. */
export type LoadCommands = () => typeof CommandsBundle;

/** Returns the part of that bundle that a host without engines needs: without tasks, the view and the inspection. */
export type LoadPalette = () => Pick<typeof CommandsBundle, "commands" | "runCommand" | "wordsOf">;

export function nodeCommands(context: vscode.ExtensionContext): LoadCommands {
  const path = context.asAbsolutePath("client/out/commands.cjs");
  return () => createRequire(path)(path);
}
