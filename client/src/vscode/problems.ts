import * as vscode from "vscode";
import { openFound } from "../found-problems";
import { movedProblem } from "../moved-problem";
import type { BootProblem, Ui, VerifyProblem } from "../ports";
import { rulePageUri } from "./rule-links";

const severities = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
};

/** How the problems of one source are shown. */
interface Source<P> {
  readonly name: "boot" | "verify";
  /** Whether the problems of a file are dropped when another program changes it. */
  readonly endsOnChange: boolean;
  describe(problem: P): Pick<vscode.Diagnostic, "code"> & { readonly severity: keyof typeof severities };
}

/**
 * Shows the problems of boots until the same file boots again, the container is gone, or the blamed file is deleted
 * or renamed. Shows the problems of verified units until they are verified again, their lines change, or their file is
 * deleted or renamed.
 */
export function openProblems(): vscode.Disposable & Pick<Ui, "blame" | "showVerified"> {
  const boots = openSource<BootProblem>({
    name: "boot",
    endsOnChange: false,
    describe: ({ severity, rule }) => ({
      severity,
      code: rule === undefined ? "last-boot" : { value: rule, target: rulePageUri(rule) },
    }),
  });
  const units = openSource<VerifyProblem>({
    name: "verify",
    endsOnChange: true,
    describe: () => ({ severity: "warning", code: "systemd-analyze" }),
  });
  const edits = followEdits(units);
  return {
    blame: boots.set,
    showVerified: units.set,
    dispose: () => vscode.Disposable.from(boots, units, edits).dispose(),
  };
}

function openSource<P extends Pick<BootProblem, "place" | "message">>(source: Source<P>) {
  const collection = vscode.languages.createDiagnosticCollection(`systemd-containers-${source.name}`);
  const watchers = new Map<string, vscode.Disposable>();
  const show = () => {
    const files = found.files();
    for (const [uri, watcher] of watchers) {
      if (files.has(uri)) continue;
      watcher.dispose();
      watchers.delete(uri);
      collection.delete(vscode.Uri.parse(uri));
    }
    for (const uri of files) {
      const file = vscode.Uri.parse(uri);
      collection.set(
        file,
        found.of(uri).map((problem) => toDiagnostic(problem, source)),
      );
      if (!watchers.has(uri))
        watchers.set(
          uri,
          watch(file, source, () => found.forget([uri])),
        );
    }
  };
  const found = openFound<P>(show);
  const forget = (gone: readonly vscode.Uri[]) => found.forget(gone.map(String));
  // Deleting or renaming a directory also affects the files in it. Other programs may delete files too, which `watch`
  // notices.
  const listeners = [
    vscode.workspace.onDidDeleteFiles(({ files }) => forget(files)),
    vscode.workspace.onDidRenameFiles(({ files }) => forget(files.map(({ oldUri }) => oldUri))),
  ];
  return {
    ...found,
    set: (foundIn: string, problems: readonly P[]) => {
      // The editor writes some URIs differently from the server.
      const uriOf = ({ place: { uri } }: P) => vscode.Uri.parse(uri).toString();
      found.set(
        foundIn,
        problems.map((problem) => ({ ...problem, place: { ...problem.place, uri: uriOf(problem) } })),
      );
    },
    has: (uri: string) => watchers.has(uri),
    dispose: () => vscode.Disposable.from(collection, ...listeners, ...watchers.values()).dispose(),
  };
}

/** Calls `gone` when a file is deleted or, if this ends its problems, changed by another program. */
function watch(
  file: vscode.Uri,
  { endsOnChange }: Pick<Source<never>, "endsOnChange">,
  gone: () => void,
): vscode.Disposable {
  const name = file.path.slice(file.path.lastIndexOf("/") + 1);
  const pattern = new vscode.RelativePattern(vscode.Uri.joinPath(file, ".."), name);
  const watcher = vscode.workspace.createFileSystemWatcher(pattern, true, !endsOnChange, false);
  const isOpen = () => vscode.workspace.textDocuments.some(({ uri }) => uri.toString() === file.toString());
  watcher.onDidDelete(gone);
  // The changes of an open file are followed line by line.
  watcher.onDidChange(() => {
    if (!isOpen()) gone();
  });
  return watcher;
}

/** Moves problems with their lines while their files are edited, and drops those whose lines change. */
function followEdits(units: ReturnType<typeof openSource<VerifyProblem>>): vscode.Disposable {
  /** The files whose changes are lost if they are closed. */
  const unsaved = new Set<string>();
  return vscode.Disposable.from(
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      const uri = document.uri.toString();
      if (contentChanges.length === 0 || !units.has(uri)) return;
      if (document.isDirty) unsaved.add(uri);
      units.change(uri, (problem) => movedProblem(problem, contentChanges));
    }),
    vscode.workspace.onDidSaveTextDocument(({ uri }) => void unsaved.delete(uri.toString())),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => {
      if (unsaved.delete(uri.toString())) units.forget([uri.toString()]);
    }),
  );
}

function toDiagnostic<P extends Pick<BootProblem, "place" | "message">>(
  problem: P,
  { name, describe }: Source<P>,
): vscode.Diagnostic {
  const { place, message } = problem;
  const { severity, code } = describe(problem);
  const range = new vscode.Range(place.line, place.character, place.endLine, place.endCharacter);
  const diagnostic = new vscode.Diagnostic(range, message, severities[severity]);
  diagnostic.source = `systemd-containers ${name}`;
  diagnostic.code = code;
  return diagnostic;
}
