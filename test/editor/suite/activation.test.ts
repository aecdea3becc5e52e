import assert from "node:assert/strict";
import { before, describe, it } from "mocha";
import * as vscode from "vscode";
import { until } from "./until";

describe("in the extension host", () => {
  const extension = vscode.extensions.getExtension("systemd-containers.systemd-containers");
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  let broken: vscode.TextDocument;

  before(async () => {
    assert.ok(folder, "the examples are open");
    broken = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder.uri, "broken/Dockerfile"));
    await vscode.window.showTextDocument(broken);
  });

  it("activates on a Dockerfile", async () => {
    assert.ok(extension, "the extension is there");
    await until("the extension is active", () => extension.isActive || undefined);
  });

  it("loads no engine code before a command needs it", () => {
    const loaded = Object.keys(require.cache).filter((path) => /[\\/]client[\\/]out[\\/]/.test(path));
    assert.ok(
      loaded.some((path) => path.endsWith("extension.cjs")),
      "the extension's own code is loaded",
    );
    assert.deepEqual(
      loaded.filter((path) => path.endsWith("engine.cjs")),
      [],
    );
  });

  it("registers its commands", async () => {
    const registered = await vscode.commands.getCommands(true);
    assert.ok(extension, "the extension is there");
    const { commands }: { commands: { command: string }[] } = extension.packageJSON.contributes;
    const missing = commands.map(({ command }) => command).filter((id) => !registered.includes(id));
    assert.deepEqual(missing, []);
  });

  it("finds what keeps the broken example from booting", async () => {
    const [found] = await until("a diagnostic of ours", () => ours(broken.uri));
    assert.ok(found?.code, "a diagnostic names its rule");
  });

  it("offers a quick fix for what it finds", async () => {
    const found = await until("a diagnostic of ours", () => ours(broken.uri));
    await until("a quick fix that edits the file", async () => {
      const offered = await Promise.all(
        found.map(({ range }) => actions(broken.uri, range, vscode.CodeActionKind.QuickFix)),
      );
      return offered.flat().some(({ edit }) => edit) || undefined;
    });
  });

  it("gets comments that ignore a rule under their own kind, which no menu asks for", async () => {
    const [found] = await until("a diagnostic of ours", () => ours(broken.uri));
    assert.ok(found);
    const kind = vscode.CodeActionKind.Empty.append("systemdContainers.ignore");
    const comments = await until("comments that ignore it", async () => {
      const offered = await actions(broken.uri, found.range, kind);
      return offered.length > 0 ? offered : undefined;
    });
    assert.ok(comments.every((action) => action.edit && action.kind && kind.contains(action.kind)));
    const unasked = await actions(broken.uri, found.range, vscode.CodeActionKind.Empty);
    assert.ok(unasked.every((action) => !action.kind || !kind.contains(action.kind)));
  });

  it("fixes all that is safe in one action", async () => {
    const errors = (await until("a diagnostic of ours", () => ours(broken.uri))).length;
    const kind = vscode.CodeActionKind.SourceFixAll.append("systemdContainers");
    const whole = new vscode.Range(0, 0, broken.lineCount, 0);
    const edit = await until("an edit that fixes all", async () => {
      const [fixAll] = await actions(broken.uri, whole, kind);
      return fixAll?.edit;
    });
    assert.ok(await vscode.workspace.applyEdit(edit));
    await until(
      "fewer diagnostics",
      () => vscode.languages.getDiagnostics(broken.uri).length < errors || undefined,
    );
    await vscode.commands.executeCommand("workbench.action.files.revert");
  });
});

/** Our diagnostics of a file, or nothing while there are none. */
function ours(uri: vscode.Uri): vscode.Diagnostic[] | undefined {
  const found = vscode.languages.getDiagnostics(uri).filter(({ source }) => source === "systemd-containers");
  return found.length > 0 ? found : undefined;
}

/** Code actions of one kind, with their edits resolved. */
async function actions(
  uri: vscode.Uri,
  range: vscode.Range,
  kind: vscode.CodeActionKind,
): Promise<vscode.CodeAction[]> {
  const provider = "vscode.executeCodeActionProvider";
  return vscode.commands.executeCommand<vscode.CodeAction[]>(provider, uri, range, kind.value, 50);
}
