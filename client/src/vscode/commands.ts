import { createRequire } from "node:module";
import type * as vscode from "vscode";
import type * as CommandsBundle from "../commands-entry";

/** Gives what runs commands and tasks, loaded when the first of them is wanted. */
export type LoadCommands = () => typeof CommandsBundle;

export function nodeCommands(context: vscode.ExtensionContext): LoadCommands {
  const path = context.asAbsolutePath("client/out/commands.cjs");
  return () => createRequire(path)(path);
}
