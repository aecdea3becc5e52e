import type { ExtensionContext } from "vscode";
import { LanguageClient, type LanguageClientOptions, TransportKind } from "vscode-languageclient/node";
import { clientId } from "./language-client";

/** The language server as a child process of the extension host. */
export function nodeClient(context: ExtensionContext) {
  const module = context.asAbsolutePath("server/out/main.cjs");
  const transport = TransportKind.ipc;
  const server = {
    run: { module, transport },
    debug: { module, transport, options: { execArgv: ["--nolazy", "--inspect=6010"] } },
  };
  return (options: LanguageClientOptions) =>
    new LanguageClient(clientId, "Systemd Containers", server, options);
}
