import {
  BulkRegistration,
  DidChangeTextDocumentNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  type TextDocumentRegistrationOptions,
  TextDocumentSyncKind,
} from "vscode-languageserver";
import type { Session } from "./session";

/** A request about a document that a client can also send for documents in additional languages. */
type Asked = "definition" | "references" | "documentLink" | "codeAction";

/**
 * If the client supports dynamic registration, registers for the documents of a language that is not a surface. `add`
 * registers for requests about them.
 */
export function alsoSend(
  { client, connection, inBackground }: Session,
  language: string,
  requests: readonly Asked[],
  add: (registration: BulkRegistration, options: TextDocumentRegistrationOptions) => void,
): void {
  const { synchronization, ...all } = client.capabilities.textDocument ?? {};
  const can = [synchronization, ...requests.map((name) => all[name])];
  if (!can.every((each) => each?.dynamicRegistration)) return;
  const documentSelector = ["file", "vscode-vfs"].map((scheme) => ({ scheme, language }));
  const registration = BulkRegistration.create();
  registration.add(DidOpenTextDocumentNotification.type, { documentSelector });
  registration.add(DidChangeTextDocumentNotification.type, {
    documentSelector,
    syncKind: TextDocumentSyncKind.Incremental,
  });
  registration.add(DidCloseTextDocumentNotification.type, { documentSelector });
  add(registration, { documentSelector });
  inBackground(`registering for ${language} documents`, async () => {
    await connection.client.register(registration);
  });
}
