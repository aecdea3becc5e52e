import { type ExtensionContext, Uri } from "vscode";
import { LanguageClient, type LanguageClientOptions } from "vscode-languageclient/browser";
import { clientId } from "./language-client";

// The types of the DOM are not loaded, so that no other part comes to lean on them.
declare const Worker: new (url: string) => ConstructorParameters<typeof LanguageClient>[2];

/** The language server as a web worker. */
export function webClient({ extensionUri }: ExtensionContext) {
  const url = Uri.joinPath(extensionUri, "server/out/worker.js").toString(true);
  return (options: LanguageClientOptions) =>
    new LanguageClient(clientId, "Systemd Containers", new Worker(url), options);
}
