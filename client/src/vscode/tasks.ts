import * as vscode from "vscode";
import type { TaskDefinition } from "../flows/task";
import type { Dependencies } from "../ports";
import { terminalText } from "../text";
import type { LoadCommands } from "./commands";

const type = "systemd-containers";
const source = "Systemd Containers";

/** Provides tasks for the Dockerfiles of the workspace and for the launch configurations. */
export function registerTasks(
  context: vscode.ExtensionContext,
  deps: Dependencies,
  load: LoadCommands,
): void {
  const { ui } = deps;
  const toTask = (definition: Defined, scope?: vscode.TaskScope, name?: string) =>
    taskOf(definition, (resolved) => terminalOf(deps, load, resolved), scope, name);
  const provider: vscode.TaskProvider = {
    provideTasks: async () => {
      const files = (await ui.findFiles()).filter((uri) => ui.kind(uri) === "dockerfile");
      const definitions = files.map((uri) => ui.label(uri)).flatMap(tasksOfFile);
      const launches = ui.launches().map(({ name }): TaskDefinition => ({ task: "boot", launch: name }));
      return [...definitions, ...launches].map((definition) => toTask({ type, ...definition }));
    },
    resolveTask: ({ definition, scope, name }) =>
      toTask(definition as Defined, scope as vscode.TaskScope | undefined, name),
  };
  context.subscriptions.push(vscode.tasks.registerTaskProvider(type, provider));
}

type Defined = vscode.TaskDefinition & TaskDefinition;

function tasksOfFile(dockerfile: string): TaskDefinition[] {
  return [
    { task: "build", dockerfile },
    { task: "boot", dockerfile },
  ];
}

function taskOf(
  definition: Defined,
  open: (resolved: Defined) => vscode.Pseudoterminal,
  scope: vscode.TaskScope | vscode.WorkspaceFolder = vscode.TaskScope.Workspace,
  name = `${definition.task} ${definition.launch ?? definition.dockerfile ?? "Dockerfile"}`,
): vscode.Task {
  const execution = new vscode.CustomExecution(async (resolved) => open(resolved as Defined));
  const task = new vscode.Task(definition, scope, name, source, execution, "$systemd-containers");
  if (definition.task === "build") task.group = vscode.TaskGroup.Build;
  return task;
}

/** The terminal of a task. Closing it cancels the task. */
function terminalOf(
  deps: Dependencies,
  load: LoadCommands,
  definition: TaskDefinition,
): vscode.Pseudoterminal {
  const written = new vscode.EventEmitter<string>();
  const closed = new vscode.EventEmitter<number>();
  const cancel = new AbortController();
  const write = (text: string) => written.fire(terminalText(text).replace(/\r?\n/g, "\r\n"));
  return {
    onDidWrite: written.event,
    onDidClose: closed.event,
    open: () =>
      void load()
        .runTask(deps, definition, { print: write, signal: cancel.signal })
        .then((code) => closed.fire(code)),
    close: () => cancel.abort(),
    handleInput: (text) => {
      if (text === "\u0003") cancel.abort();
    },
  };
}
