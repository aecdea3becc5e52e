import * as vscode from "vscode";
import type { BootProblem, Ui } from "../ports";
import { rulePageUri } from "./rule-links";

const severities = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
};

/**
 * Shows the problems of boots until the same file boots again, the container is gone, or the blamed file is deleted
 * or renamed.
 */
export function openProblems(): vscode.Disposable & Pick<Ui, "blame"> {
  const collection = vscode.languages.createDiagnosticCollection("systemd-containers-boot");
  const boots = new Map<string, readonly BootProblem[]>();
  let watchers: vscode.Disposable[] = [];
  const show = () => {
    const problems = [...boots.values()].flat();
    collection.clear();
    for (const watcher of watchers) watcher.dispose();
    watchers = [];
    for (const uri of new Set(problems.map(({ place }) => place.uri))) {
      const own = problems.filter(({ place }) => place.uri === uri);
      const file = vscode.Uri.parse(uri);
      collection.set(file, own.map(toDiagnostic));
      watchers.push(watchDeletion(file, () => forget([file])));
    }
  };
  const forget = (gone: readonly vscode.Uri[]) => {
    const isGone = (uri: string) =>
      gone.some((each) => uri === each.toString() || uri.startsWith(`${each.toString()}/`));
    for (const [booted, problems] of boots) {
      boots.set(
        booted,
        problems.filter(({ place }) => !isGone(vscode.Uri.parse(place.uri).toString())),
      );
    }
    show();
  };
  // Deleting or renaming a directory also affects the files in it. Other programs may delete files too, which
  // `watchDeletion` notices.
  const listeners = [
    vscode.workspace.onDidDeleteFiles(({ files }) => forget(files)),
    vscode.workspace.onDidRenameFiles(({ files }) => forget(files.map(({ oldUri }) => oldUri))),
  ];
  return {
    blame: (booted, problems) => {
      boots.set(booted, problems);
      show();
    },
    dispose: () => vscode.Disposable.from(collection, ...listeners, ...watchers).dispose(),
  };
}

function watchDeletion(file: vscode.Uri, gone: () => void): vscode.Disposable {
  const name = file.path.slice(file.path.lastIndexOf("/") + 1);
  const pattern = new vscode.RelativePattern(vscode.Uri.joinPath(file, ".."), name);
  const watcher = vscode.workspace.createFileSystemWatcher(pattern, true, true, false);
  watcher.onDidDelete(gone);
  return watcher;
}

function toDiagnostic({ place, severity, message, rule }: BootProblem): vscode.Diagnostic {
  const range = new vscode.Range(place.line, place.character, place.endLine, place.endCharacter);
  const diagnostic = new vscode.Diagnostic(range, message, severities[severity]);
  diagnostic.source = "systemd-containers boot";
  diagnostic.code = rule === undefined ? "last-boot" : { value: rule, target: rulePageUri(rule) };
  return diagnostic;
}
