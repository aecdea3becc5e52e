import * as vscode from "vscode";
import {
  BrowserMessageReader,
  BrowserMessageWriter,
  LanguageClient,
  type LanguageClientOptions,
} from "vscode-languageclient/browser";
import { findFilesMethod, readFileMethod, type TooLarge } from "../../../server/src/protocol";
import { surfaceGlobs } from "../names";
import { clientId, type ServerClient } from "./language-client";

// The DOM types are not loaded, so that other parts cannot start to depend on them.
type Worker = ConstructorParameters<typeof BrowserMessageReader>[0];
declare const Worker: new (url: string) => Worker;

/**
 * Limits in bytes and number of files. Larger files are not read, and further files are ignored. The server has the
 * same limits on disk.
 */
const maxBytes = 1_000_000;
const maxFiles = 5_000;

/**
 * The language server as a web worker. It has no access to files, so this client reads the ones that are not open.
 */
export function webClient({ extensionUri }: vscode.ExtensionContext) {
  const script = vscode.Uri.joinPath(extensionUri, "server/out/worker.js");
  return (options: LanguageClientOptions): ServerClient => {
    let kill = () => {};
    const transports = async () => {
      const worker = await startWorker(script);
      const reader = new WorkerReader(worker);
      kill = () => {
        worker.terminate();
        reader.close();
      };
      return { reader, writer: new BrowserMessageWriter(worker) };
    };
    const client = new LanguageClient(clientId, "Systemd Containers", transports, options);
    client.onRequest<string | TooLarge | null, unknown>(readFileMethod, readFile);
    client.onRequest(findFilesMethod, findFiles);
    return { client, kill: async () => kill() };
  };
}

/** A reader that can be closed, because a terminated worker does not report its end. */
class WorkerReader extends BrowserMessageReader {
  close(): void {
    this.fireClose();
  }
}

/**
 * Starts the worker from a blob, because VS Code cannot start one from the address of a remotely installed extension.
 */
async function startWorker(script: vscode.Uri): Promise<Worker> {
  const url = URL.createObjectURL(new Blob([await vscode.workspace.fs.readFile(script)]));
  return new Worker(url);
}

async function readFile(text: string): Promise<string | TooLarge | null> {
  try {
    const uri = vscode.Uri.parse(text);
    const { type, size } = await vscode.workspace.fs.stat(uri);
    if ((type & vscode.FileType.File) === 0) return null;
    if (size > maxBytes) return { tooLarge: true };
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch {
    // The file is absent, is a directory or cannot be read. For the server all of these mean that it does not exist.
    return null;
  }
}

async function findFiles(folder: string): Promise<string[]> {
  const found = await Promise.all(
    surfaceGlobs.map((glob) =>
      vscode.workspace.findFiles(
        new vscode.RelativePattern(vscode.Uri.parse(folder), glob),
        "**/{node_modules,.git,vendor}/**",
        maxFiles,
      ),
    ),
  );
  return found.flat().map((uri) => uri.toString());
}
