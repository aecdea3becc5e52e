import * as vscode from "vscode";
import type { EditMessage } from "../../../server/src/protocol";
import type { Invocation, LaunchConfiguration, LaunchUi, Refusal } from "../ports";
import { section } from "./settings";

/** A web host has no process and cannot start programs. */
const { platform, env } =
  typeof process === "undefined" ? { platform: "web", env: {} as NodeJS.ProcessEnv } : process;

/** The source of tasks, as the editor shows it. */
const source = "Systemd Containers";

export const launchUi: Omit<LaunchUi, "openExample"> = {
  ask: (title, { value, detail, secret }) =>
    Promise.resolve(
      vscode.window.showInputBox({ title, value, prompt: detail, password: secret, ignoreFocusOut: true }),
    ),
  launches: () => {
    const written = vscode.workspace.getConfiguration(section).get<unknown>("launch");
    return Array.isArray(written) ? written.filter(isConfiguration) : [];
  },
  addLaunch: async (configuration) => {
    const settings = vscode.workspace.getConfiguration(section);
    const { Global, Workspace } = vscode.ConfigurationTarget;
    const inWorkspace = vscode.workspace.workspaceFolders !== undefined;
    const { workspaceValue, globalValue } = settings.inspect<unknown[]>("launch") ?? {};
    const written = (inWorkspace ? workspaceValue : globalValue) ?? [];
    await settings.update("launch", [...written, configuration], inWorkspace ? Workspace : Global);
    const open = inWorkspace ? "openWorkspaceSettingsFile" : "openSettingsJson";
    const revealSetting = { key: "systemdContainers.launch" };
    await vscode.commands.executeCommand(`workbench.action.${open}`, { revealSetting });
  },
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
  runProgram: async (name, cwd, invocation) => {
    refuseVariables(cwd, invocation);
    const { command, args, env: variables } = invocation;
    const iconPath = new vscode.ThemeIcon("vm-running");
    const options = { name, cwd, iconPath, shellPath: command, shellArgs: [...args], env: { ...variables } };
    vscode.window.createTerminal(options).show();
  },
  runToEnd: (name, cwd, invocation) => {
    refuseVariables(cwd, invocation);
    const { command, args, env: variables } = invocation;
    const execution = new vscode.ProcessExecution(command, [...args], { cwd, env: { ...variables } });
    const task = new vscode.Task({ type: "process" }, vscode.TaskScope.Workspace, name, source, execution);
    task.presentationOptions = {
      panel: vscode.TaskPanelKind.Dedicated,
      clear: true,
      showReuseMessage: false,
    };
    return exitCodeOf(task);
  },
  change: async ({ changed, created }) => {
    const edit = new vscode.WorkspaceEdit();
    for (const { uri, edits } of changed) {
      const target = vscode.Uri.parse(uri);
      for (const { range, newText } of edits) edit.replace(target, rangeOf(range), newText);
    }
    for (const { uri, text } of created) {
      const contents = new TextEncoder().encode(text);
      edit.createFile(vscode.Uri.parse(uri), { contents });
    }
    // Not marked as a refactoring, because VS Code saves the files of refactorings (`files.refactoring.autoSave`).
    if (!(await vscode.workspace.applyEdit(edit))) return false;
    // In reverse, so that the first file is shown last and has the focus.
    for (const { uri } of [...changed, ...created].reverse())
      await vscode.window.showTextDocument(vscode.Uri.parse(uri), { preview: false });
    return true;
  },
  showProblems: async () => {
    await vscode.commands.executeCommand("workbench.actions.view.problems");
  },
  shell: () => (platform === "win32" ? "powershell" : "posix"),
};

/** Users write the settings by hand, so entries can be invalid. The schema marks the errors. */
function isConfiguration(value: unknown): value is LaunchConfiguration {
  return typeof (value as Partial<LaunchConfiguration> | null)?.name === "string";
}

/**
 * VS Code replaces its variables in everything that a terminal or a task starts, and there is no way to escape them,
 * so words that contain one are rejected.
 */
function refuseVariables(cwd: string, { command, args, env: variables }: Invocation): void {
  const replaced = [cwd, command, ...args, ...Object.values(variables)].find((word) => word.includes("${"));
  if (replaced !== undefined) throw notPassedOn(replaced);
}

/** Runs a task and resolves with the exit code of its process, or with undefined if the process was never started. */
async function exitCodeOf(task: vscode.Task): Promise<number | undefined> {
  const listeners: vscode.Disposable[] = [];
  try {
    return await new Promise<number | undefined>((done, fail) => {
      listeners.push(
        vscode.tasks.onDidEndTaskProcess(({ execution, exitCode }) => {
          if (execution.task === task) done(exitCode);
        }),
        vscode.tasks.onDidEndTask(({ execution }) => {
          if (execution.task === task) done(undefined);
        }),
      );
      vscode.tasks.executeTask(task).then(undefined, fail);
    });
  } finally {
    vscode.Disposable.from(...listeners).dispose();
  }
}

function notPassedOn(word: string): Refusal {
  const text = vscode.l10n.t("VS Code would replace the variable in {0} before the terminal starts.", word);
  const hint = vscode.l10n.t("Use a name that does not contain a dollar sign followed by a brace.");
  return Object.assign(new Error(text), { code: "variable" as const, hint });
}

/** The workspace folder of a file, or else the first one. */
function folderOf(uri: string | undefined): vscode.Uri | undefined {
  const own = uri === undefined ? undefined : vscode.workspace.getWorkspaceFolder(vscode.Uri.parse(uri));
  return (own ?? vscode.workspace.workspaceFolders?.[0])?.uri;
}

function rangeOf({ start, end }: EditMessage["range"]): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}
