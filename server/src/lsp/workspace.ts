import {
  type CancellationToken,
  type Diagnostic,
  DocumentDiagnosticReportKind,
  type WorkspaceDiagnosticParams,
  type WorkspaceDiagnosticReport,
  type WorkspaceDocumentDiagnosticReport,
} from "vscode-languageserver";
import { linkedFiles } from "../core/surfaces/files";
import { after, burst, nextTurn } from "./timing";

/** Above this many files a workspace is linted only where files are open, unless a setting reports otherwise. */
const moderate = 2_000;

/** Whether files that are not open are linted: `auto` where the workspace is of moderate size. */
export type WorkspaceScope = "auto" | "on" | "off";

interface Workspace {
  /** Every file that could be linted. */
  files(): Promise<readonly string[]>;
  scope(): Promise<WorkspaceScope>;
  diagnostics(
    uri: string,
    token: CancellationToken,
  ): Promise<{ readonly items: readonly Diagnostic[]; readonly resultId: string }>;
  /** Reports that a workspace of so many files is linted only where files are open; reported once. */
  tooMany(files: number, most: number): void;
  /** Resolves when something changed since the call. */
  change(token: CancellationToken): Promise<void>;
}

/**
 * Answers a workspace pull. A client asks again soon after each answer, so an answer that would say nothing
 * new is held back until something changes: an idle workspace judges nothing.
 */
export async function pullWorkspace(
  workspace: Workspace,
  { previousResultIds }: Pick<WorkspaceDiagnosticParams, "previousResultIds">,
  token: CancellationToken,
): Promise<WorkspaceDiagnosticReport> {
  const previous = new Map(previousResultIds.map(({ uri, value }) => [uri, value]));
  for (;;) {
    const changed = workspace.change(token);
    const items = await reports(workspace, previous, token);
    if (token.isCancellationRequested || items.some(({ kind }) => kind === "full")) return { items };
    await changed;
    // A burst of changes (typing, a checkout) is one.
    await after(burst);
  }
}

async function reports(
  workspace: Workspace,
  previous: ReadonlyMap<string, string>,
  token: CancellationToken,
): Promise<WorkspaceDocumentDiagnosticReport[]> {
  const scope = await workspace.scope();
  const every = scope === "off" ? [] : await workspace.files();
  // What is common must not keep a large workspace from being linted.
  const all = every.length > moderate ? linkedFiles(every) : every;
  const isLarge = scope === "auto" && all.length > moderate;
  if (isLarge) workspace.tooMany(all.length, moderate);
  const files = isLarge ? [] : all;
  const items: WorkspaceDocumentDiagnosticReport[] = [];
  const turn = openTurns();
  for (const uri of files) {
    if (token.isCancellationRequested) return items;
    const shown = await workspace.diagnostics(uri, token);
    const { resultId } = shown;
    items.push(
      previous.get(uri) === resultId
        ? { kind: DocumentDiagnosticReportKind.Unchanged, uri, version: null, resultId }
        : { kind: DocumentDiagnosticReportKind.Full, uri, version: null, resultId, items: [...shown.items] },
    );
    await turn();
  }
  const present = new Set(files);
  for (const [uri, value] of previous) {
    if (present.has(uri) || value === nothing) continue;
    items.push({ kind: DocumentDiagnosticReportKind.Full, uri, version: null, resultId: nothing, items: [] });
  }
  return items;
}

/** Work that takes longer than this, in milliseconds, is broken off for other requests. */
const longestTurn = 10;

/** Lets other requests have their turn, now and then. */
function openTurns(): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < longestTurn) return;
    await nextTurn();
    since = performance.now();
  };
}

/** The same diagnostics have the same id, in this server and in one that was started again. */
export function resultIdOf(diagnostics: readonly Diagnostic[]): string {
  if (diagnostics.length === 0) return nothing;
  const text = JSON.stringify(diagnostics);
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return `${text.length}-${(hash >>> 0).toString(36)}`;
}

const nothing = "none";
