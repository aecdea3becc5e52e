import type { ChildProcess } from "node:child_process";
import { join } from "node:path";
import type { ExtensionContext } from "vscode";
import {
  IPCMessageReader,
  IPCMessageWriter,
  LanguageClient,
  type LanguageClientOptions,
} from "vscode-languageclient/node";
import { forkServer, killServer, serverEnd } from "../server-process";
import { clientId, type ServerClient } from "./language-client";

/** The language server as a child process of the extension host. */
export function nodeClient(context: ExtensionContext) {
  const module = context.asAbsolutePath("server/out/main.cjs");
  const codeCache = join(context.globalStorageUri.fsPath, "code-cache");
  return (options: LanguageClientOptions): ServerClient => {
    let child: ChildProcess | undefined;
    const transports = async () => {
      child = forkServer(module, codeCache);
      for (const output of [child.stdout, child.stderr])
        output?.setEncoding("utf8").on("data", (text: string) => options.outputChannel?.append(text));
      child.once("exit", (code, signal) => {
        options.outputChannel?.appendLine(serverEnd(code, signal));
      });
      return { reader: new IPCMessageReader(child), writer: new IPCMessageWriter(child) };
    };
    const client = new LanguageClient(clientId, "Systemd Containers", transports, options);
    return { client, kill: async () => child && killServer(child) };
  };
}
