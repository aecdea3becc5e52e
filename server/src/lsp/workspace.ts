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

/** If a workspace has more files than this, only open files are linted, unless a setting requests otherwise. */
const moderate = 2_000;

/** Whether files that are not open are linted; `auto` means if the workspace is of moderate size. */
export type WorkspaceScope = "auto" | "on" | "off";

interface Workspace {
  /** All files that could be linted. */
  files(): Promise<readonly string[]>;
  scope(): Promise<WorkspaceScope>;
  diagnostics(
    uri: string,
    token: CancellationToken,
  ): Promise<{ readonly items: readonly Diagnostic[]; readonly resultId: string }>;
  /** Reports, once, that only open files are linted because the workspace has so many files. */
  tooMany(files: number, most: number): void;
  /** Resolves when something has changed since the call. */
  change(token: CancellationToken): Promise<void>;
}

/**
 * Answers a workspace pull. A client sends the next request soon after each answer, so an answer without news is held
 * back until something changes, and an idle workspace costs nothing.
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
    // Waits for a burst of changes (typing, a checkout) to end, so that it counts as one.
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
  // Files with common names must not prevent a large workspace from being linted.
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

/** How many milliseconds work may take before it pauses for other requests. */
const longestTurn = 10;

/** Returns a function that occasionally lets other requests proceed. */
function openTurns(): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < longestTurn) return;
    await nextTurn();
    since = performance.now();
  };
}

/** The same diagnostics have the same id, even after the server is restarted. */
export function resultIdOf(diagnostics: readonly Diagnostic[]): string {
  if (diagnostics.length === 0) return nothing;
  const text = JSON.stringify(diagnostics);
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return `${text.length}-${(hash >>> 0).toString(36)}`;
}

const nothing = "none";
