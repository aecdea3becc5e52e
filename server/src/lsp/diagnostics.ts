import type { CancellationToken, Diagnostic, DocumentDiagnosticReport } from "vscode-languageserver";
import { toDiagnostic } from "./convert";
import { attempt, guard } from "./guard";
import { openPublisher } from "./publish";
import { closedDocument, type Session } from "./session";
import { openWatchers } from "./watch";
import { pullWorkspace, resultIdOf } from "./workspace";

/** The diagnostics of a file, open or not. */
export type DiagnosticsOf = (uri: string, token?: CancellationToken) => Promise<Diagnostic[]>;

export function openDiagnostics({
  client,
  connection,
  documentOf,
  inBackground,
  analysis,
  say,
}: Session): DiagnosticsOf {
  const watch = openWatchers(connection);
  // A result holds for the texts of the moment it is given: between it and the answer nothing is awaited.
  return async (uri, token) => {
    const result = await analysis.lint(uri, token);
    if (result && client.capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration)
      inBackground("asking for changes of files", () => watch(result.asked, analysis.dependencies));
    if (!result) return [];
    const document = documentOf(uri) ?? closedDocument(uri, "");
    return result.findings.map((finding) => toDiagnostic(document, finding, documentOf, say));
  };
}

/** Sends the diagnostics of an open document to a client that does not pull, once for a burst of changes. */
export function publisher(
  { connection, documents, log }: Session,
  diagnosticsOf: DiagnosticsOf,
): (uri: string) => void {
  return openPublisher((uri) =>
    attempt(log, "publishing diagnostics", undefined, async () => {
      const diagnostics = documents.get(uri) && (await diagnosticsOf(uri));
      const version = documents.get(uri)?.version;
      if (diagnostics && version !== undefined)
        await connection.sendDiagnostics({ uri, version, diagnostics });
    }),
  );
}

/** Answers pulls of a document and of the workspace. */
export function answerDiagnostics(session: Session, diagnosticsOf: DiagnosticsOf): void {
  const { changes, client, connection, files, log } = session;
  connection.languages.diagnostics.on(({ textDocument: { uri }, previousResultId }, token) =>
    guard<DocumentDiagnosticReport>(log, "diagnostics", token, { kind: "full", items: [] }, async () => {
      const items = await diagnosticsOf(uri, token);
      const resultId = resultIdOf(items);
      return resultId === previousResultId
        ? { kind: "unchanged", resultId }
        : { kind: "full", resultId, items };
    }),
  );
  const workspace = {
    files: files.workspaceFiles,
    scope: () => client.settings.scope(),
    diagnostics: diagnosticsOf,
    change: changes.next,
  };
  connection.languages.diagnostics.onWorkspace((params, token) =>
    guard(log, "workspace diagnostics", token, { items: [] }, () => pullWorkspace(workspace, params, token)),
  );
}
