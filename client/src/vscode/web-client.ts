import * as vscode from "vscode";
import {
  BrowserMessageReader,
  BrowserMessageWriter,
  LanguageClient,
  type LanguageClientOptions,
  type MessageTransports,
} from "vscode-languageclient/browser";
import { findFilesMethod, readFileMethod } from "../../../server/src/protocol";
import { composeGlob, dockerfileGlob } from "../names";
import { clientId } from "./language-client";

// The types of the DOM are not loaded, so that no other part comes to lean on them.
declare const Worker: new (url: string) => ConstructorParameters<typeof BrowserMessageReader>[0];

/** Larger files and larger workspaces are not looked at; the server on a disk has the same limits. */
const maxBytes = 2_000_000;
const maxFiles = 5_000;

/** The language server as a web worker. It has no disk, so it asks here for files that are not open. */
export function webClient({ extensionUri }: vscode.ExtensionContext) {
  const script = vscode.Uri.joinPath(extensionUri, "server/out/worker.js");
  return (options: LanguageClientOptions) => {
    const client = new LanguageClient(clientId, "Systemd Containers", () => startWorker(script), options);
    client.onRequest(readFileMethod, readFile);
    client.onRequest(findFilesMethod, findFiles);
    return client;
  };
}

/** By way of a blob: VS Code starts no worker from the address of an extension that is installed remotely. */
async function startWorker(script: vscode.Uri): Promise<MessageTransports> {
  const url = URL.createObjectURL(new Blob([await vscode.workspace.fs.readFile(script)]));
  const worker = new Worker(url);
  return { reader: new BrowserMessageReader(worker), writer: new BrowserMessageWriter(worker) };
}

async function readFile(uri: string): Promise<string | null> {
  try {
    const bytes = await vscode.workspace.fs.readFile(vscode.Uri.parse(uri));
    return bytes.length > maxBytes ? null : new TextDecoder().decode(bytes);
  } catch {
    // Absent, a folder, no permission: to the server all of these are "not there".
    return null;
  }
}

async function findFiles(folder: string): Promise<string[]> {
  const found = await Promise.all(
    [dockerfileGlob, composeGlob].map((glob) =>
      vscode.workspace.findFiles(
        new vscode.RelativePattern(vscode.Uri.parse(folder), glob),
        "**/{node_modules,.git,vendor}/**",
        maxFiles,
      ),
    ),
  );
  return found.flat().map((uri) => uri.toString());
}
