import type { CancellationToken, Diagnostic, DocumentDiagnosticReport } from "vscode-languageserver";
import type { LintResult } from "../core/lint/lint";
import { closedDocument } from "./closed-document";
import { toDiagnostic } from "./convert";
import { attempt, guard } from "./guard";
import { openPublisher } from "./publish";
import type { Session } from "./session";
import { openWatchers } from "./watch";
import { pullWorkspace, resultIdOf } from "./workspace";

/** The diagnostics that a client shows for a file. The same `resultId` means that they are unchanged. */
export interface Shown {
  readonly items: readonly Diagnostic[];
  readonly resultId: string;
}

/** Returns the diagnostics of a file, open or not. */
export type DiagnosticsOf = (uri: string, token?: CancellationToken) => Promise<Shown>;

const nothing: Shown = { items: [], resultId: resultIdOf([]) };

export function openDiagnostics({
  client,
  connection,
  documentOf,
  inBackground,
  analysis,
  say,
}: Session): DiagnosticsOf {
  const watch = openWatchers(connection);
  const known = new WeakMap<LintResult, Shown>();
  // A result applies to the files as they are when it is returned, so nothing is awaited between the result and the
  // response.
  return async (uri, token) => {
    const result = await analysis.lint(uri, token);
    const before = result && known.get(result);
    if (before) return before;
    if (result && client.capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration)
      inBackground("registering for file changes", () => watch(result.asked, analysis.dependencies));
    if (!result) return nothing;
    const document = documentOf(uri) ?? closedDocument(uri, "");
    const items = result.findings.map((finding) => toDiagnostic(document, finding, documentOf, say));
    const shown = { items, resultId: resultIdOf(items) };
    known.set(result, shown);
    return shown;
  };
}

/** Publishes the diagnostics of an open document to a client that does not pull, once per burst of changes. */
export function publisher(
  { connection, documents, log }: Session,
  diagnosticsOf: DiagnosticsOf,
): (uri: string) => void {
  return openPublisher((uri) =>
    attempt(log, "publishing diagnostics", undefined, async () => {
      const shown = documents.get(uri) && (await diagnosticsOf(uri));
      const version = documents.get(uri)?.version;
      if (shown && version !== undefined)
        await connection.sendDiagnostics({ uri, version, diagnostics: [...shown.items] });
    }),
  );
}

/** Answers pull requests for the diagnostics of a document and of the workspace. */
export function answerDiagnostics(session: Session, diagnosticsOf: DiagnosticsOf): void {
  const { changes, client, connection, files, log } = session;
  connection.languages.diagnostics.on(({ textDocument: { uri }, previousResultId }, token) =>
    guard<DocumentDiagnosticReport>(log, "diagnostics", token, { kind: "full", items: [] }, async () => {
      const { items, resultId } = await diagnosticsOf(uri, token);
      return resultId === previousResultId
        ? { kind: "unchanged", resultId }
        : { kind: "full", resultId, items: [...items] };
    }),
  );
  let told = false;
  const workspace = {
    files: files.workspaceFiles,
    scope: () => client.settings.scope(),
    diagnostics: diagnosticsOf,
    change: changes.next,
    tooMany: (count: number, most: number) => {
      if (!told)
        connection.console.info(
          `The workspace contains ${count} Dockerfiles and Compose files, more than the limit of ${most}. Only open files are linted. To lint all of them, set systemdContainers.workspaceDiagnostics to "on".`,
        );
      told = true;
    },
  };
  connection.languages.diagnostics.onWorkspace((params, token) =>
    guard(log, "workspace diagnostics", token, { items: [] }, () => pullWorkspace(workspace, params, token)),
  );
}
