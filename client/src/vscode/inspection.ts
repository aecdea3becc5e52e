import * as vscode from "vscode";
import type { Dependencies, Inspection } from "../ports";
import type { LoadCommands } from "./commands";
import { openImageStore } from "./image-store";
import { section } from "./settings";

/** The server's requests to inspect images. */
interface Asking {
  whenUnseen(ask: (reference: string) => void): void;
}

/**
 * Inspects the images that the server requests. The code for this is loaded on the first request. Returns a function
 * to call when the engine may have changed.
 */
export function registerInspection(
  context: vscode.ExtensionContext,
  parts: Pick<Dependencies, "ui" | "engine" | "memory" | "clock" | "server">,
  { whenUnseen }: Asking,
  load: LoadCommands,
): () => void {
  const end = new AbortController();
  const enabled = () =>
    vscode.workspace.isTrusted && vscode.workspace.getConfiguration(section).get("inspect") !== "off";
  let opened: Inspection | undefined;
  whenUnseen((reference) => {
    opened ??= load().openInspection({ ...parts, store: openImageStore(context), enabled }, end.signal);
    opened.asked(reference);
  });
  const listeners = [
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(`${section}.inspect`)) opened?.again();
    }),
    vscode.window.onDidChangeWindowState(({ focused }) => {
      if (focused) opened?.returned();
    }),
  ];
  context.subscriptions.push(...listeners, { dispose: () => end.abort() });
  return () => opened?.again();
}
