import * as vscode from "vscode";
import type { BootProblem, Ui } from "../ports";

const severities = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
};

/** Problems that boots leave, until the same file boots again or the file to blame is deleted or renamed. */
export function openProblems(): vscode.Disposable & Pick<Ui, "blame"> {
  const collection = vscode.languages.createDiagnosticCollection("systemd-containers-boot");
  const boots = new Map<string, readonly BootProblem[]>();
  const show = () => {
    const problems = [...boots.values()].flat();
    collection.clear();
    for (const uri of new Set(problems.map(({ place }) => place.uri))) {
      const own = problems.filter(({ place }) => place.uri === uri);
      collection.set(vscode.Uri.parse(uri), own.map(toDiagnostic));
    }
  };
  const forget = (gone: readonly vscode.Uri[]) => {
    const isGone = (uri: string) =>
      gone.some((each) => uri === each.toString() || uri.startsWith(`${each.toString()}/`));
    for (const [booted, problems] of boots) {
      boots.set(booted, isGone(booted) ? [] : problems.filter(({ place }) => !isGone(place.uri)));
    }
    show();
  };
  const listeners = [
    vscode.workspace.onDidDeleteFiles(({ files }) => forget(files)),
    vscode.workspace.onDidRenameFiles(({ files }) => forget(files.map(({ oldUri }) => oldUri))),
  ];
  return {
    blame: (booted, problems) => {
      boots.set(booted, problems);
      show();
    },
    dispose: () => vscode.Disposable.from(collection, ...listeners).dispose(),
  };
}

function toDiagnostic({ place, severity, message, rule, docs }: BootProblem): vscode.Diagnostic {
  const range = new vscode.Range(place.line, place.character, place.endLine, place.endCharacter);
  const diagnostic = new vscode.Diagnostic(range, message, severities[severity]);
  diagnostic.source = "systemd-containers boot";
  if (rule !== undefined) {
    diagnostic.code = docs === undefined ? rule : { value: rule, target: vscode.Uri.parse(docs) };
  }
  return diagnostic;
}
