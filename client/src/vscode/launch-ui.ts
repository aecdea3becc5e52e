import * as vscode from "vscode";
import type { LaunchConfiguration, LaunchUi } from "../ports";

/** A web host has no process, and starts no program. */
const { platform, env } =
  typeof process === "undefined" ? { platform: "web", env: {} as NodeJS.ProcessEnv } : process;

export const launchUi: LaunchUi = {
  ask: (title, { value, detail, secret }) =>
    Promise.resolve(
      vscode.window.showInputBox({ title, value, prompt: detail, password: secret, ignoreFocusOut: true }),
    ),
  launches: () =>
    vscode.workspace.getConfiguration("systemdContainers").get<LaunchConfiguration[]>("launch", []),
  resolve: (path, uri) => {
    const home = env.HOME ?? env.USERPROFILE;
    if (home !== undefined && /^~(?=$|[\\/])/.test(path)) return home + path.slice(1);
    const isAbsolute = platform === "win32" ? /^([a-z]:)?[\\/]/i.test(path) : path.startsWith("/");
    const folder = folderOf(uri);
    return isAbsolute || !folder ? path : vscode.Uri.joinPath(folder, path).fsPath;
  },
  uri: (path) => vscode.Uri.file(path).toString(),
  readText: async (path) => {
    try {
      return new TextDecoder().decode(await vscode.workspace.fs.readFile(vscode.Uri.file(path)));
    } catch {
      return undefined;
    }
  },
  runProgram: async (title, cwd, { command, args, env: variables }) => {
    const execution = new vscode.ProcessExecution(command, [...args], { cwd, env: { ...variables } });
    const definition = { type: "systemd-containers.program", title };
    const task = new vscode.Task(
      definition,
      vscode.TaskScope.Workspace,
      title,
      "Systemd Containers",
      execution,
      [],
    );
    await vscode.tasks.executeTask(task);
  },
  fixAll: async (text) => {
    const uri = vscode.Uri.parse(text);
    const document = await vscode.workspace.openTextDocument(uri);
    const end = document.lineAt(document.lineCount - 1).range.end;
    const kind = "source.fixAll.systemdContainers";
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      "vscode.executeCodeActionProvider",
      uri,
      new vscode.Range(new vscode.Position(0, 0), end),
      kind,
    );
    for (const { edit, kind: found } of actions) {
      if (edit && found?.value === kind) await vscode.workspace.applyEdit(edit);
    }
    await document.save();
  },
  showProblems: async () => {
    await vscode.commands.executeCommand("workbench.actions.view.problems");
  },
  shell: () => (platform === "win32" ? "powershell" : "posix"),
};

/** The workspace folder of a file, else the first. */
function folderOf(uri: string | undefined): vscode.Uri | undefined {
  const own = uri === undefined ? undefined : vscode.workspace.getWorkspaceFolder(vscode.Uri.parse(uri));
  return (own ?? vscode.workspace.workspaceFolders?.[0])?.uri;
}
