import * as vscode from "vscode";
import type { Action, Choice, Status, Ui } from "../ports";
import { type Markdown, plain, type Text, withIcon } from "../text";
import { openChannels } from "./channels";
import type { LoadPalette } from "./commands";
import { openDocuments, showRulePage } from "./documents";
import { openExample } from "./example";
import { files } from "./files";
import { ignoreComments } from "./ignore-comments";
import { launchUi } from "./launch-ui";
import { openPages } from "./pages";
import { openProblems } from "./problems";
import { progress } from "./progress";
import { section, settings } from "./settings";
import { openTerminal } from "./terminal";
import { translate } from "./translate";
import { watchFile } from "./watch-file";

const show = {
  info: vscode.window.showInformationMessage,
  warning: vscode.window.showWarningMessage,
  error: vscode.window.showErrorMessage,
};

/**
 * The user interface for the commands, implemented with VS Code. The error messages are loaded together with the
 * commands.
 */
export function openUi(context: vscode.ExtensionContext, load: LoadPalette): Ui {
  const wordsOf = (error: unknown) => load().wordsOf(translate, error).message;
  const status = openStatus();
  const output = vscode.window.createOutputChannel("Systemd Build and Boot");
  const documents = openDocuments();
  const problems = openProblems();
  const channels = openChannels();
  const saving = openOnSave();
  context.subscriptions.push(output, status, problems, documents, channels, saving);

  return {
    ...files,
    ...launchUi,
    ...settings,
    openExample: () => openExample(context),
    t: translate,
    md: (text, ...args) => vscode.l10n.t(text, ...args) as Markdown,
    trusted: () => vscode.workspace.isTrusted,
    tell: (kind, text, ...actions) => {
      void show[kind](text, ...actions.map(({ title }) => title)).then((title) =>
        act(
          actions.find((action) => action.title === title),
          wordsOf,
        ),
      );
    },
    confirm: async (question, detail, yes, { instead, also } = {}) => {
      // The first button is the default.
      const buttons = [instead?.title, yes, also?.title].filter((title) => title !== undefined);
      const pressed = await vscode.window.showWarningMessage(question, { modal: true, detail }, ...buttons);
      const other = [instead, also].find((action) => action && action.title === pressed);
      await other?.run();
      return pressed !== undefined && pressed !== instead?.title;
    },
    pick,
    progress,
    print: (text) => output.append(text),
    showOutput: () => output.show(true),
    channel: channels.open,
    status: (shown) => status.show({ running: shown }),
    busy: (shown) => status.show({ busy: shown }),
    onSave: saving.onSave,
    watchFile,

    blame: problems.blame,
    showVerified: problems.showVerified,
    preview: documents.preview,
    showText: documents.showText,
    changeText: documents.changeText,
    ignoreComments,
    ...openPages(context),
    newFile,
    newText: async (language, content) => {
      await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language, content }));
    },
    showRulePage: (rule) => showRulePage(context, rule),
    terminal: (name, open) => openTerminal(name, open, wordsOf),
    copy: async (text) => vscode.env.clipboard.writeText(text),
    browse: async (url) => {
      await vscode.env.openExternal(vscode.Uri.parse(url));
    },
    run: async (command, ...args) => {
      await vscode.commands.executeCommand(command, ...args);
    },
    setContext: (key, value) => {
      void vscode.commands.executeCommand("setContext", `${section}.${key}`, value);
    },
    openSettings: async (query) => {
      await vscode.commands.executeCommand("workbench.action.openSettings", query);
    },
  };
}

interface Shown {
  readonly busy?: Status;
  readonly running?: Status;
}

/** The status bar item that shows what is booting, or else what is running. */
function openStatus() {
  const bar = vscode.window.createStatusBarItem(`${section}.boot`, vscode.StatusBarAlignment.Left);
  bar.name = "Systemd Containers";
  bar.command = `${section}.showBootReport`;
  let all: Shown = {};
  return {
    show: (more: Shown) => {
      all = { ...all, ...more };
      const shown = all.busy ?? all.running;
      if (shown === undefined) return bar.hide();
      bar.text = withIcon(shown.icon, shown.text);
      bar.tooltip = shown.detail;
      bar.show();
    },
    dispose: () => bar.dispose(),
  };
}

/** The status bar item that shows which file boots on save. A click turns this off. */
function openOnSave(): vscode.Disposable & Pick<Ui, "onSave"> {
  const command = `${section}.bootOnSave`;
  const bar = vscode.window.createStatusBarItem(command, vscode.StatusBarAlignment.Left);
  const name = vscode.l10n.t("Boot on Save");
  bar.name = name;
  return {
    onSave: (shown) => {
      if (shown === undefined) return bar.hide();
      bar.text = withIcon(shown.icon, shown.text);
      bar.tooltip = shown.detail;
      bar.command = { command, title: name, arguments: [shown.uri] };
      bar.show();
    },
    dispose: () => bar.dispose(),
  };
}

function toItem<T>({ icon, label, description, detail, value }: Choice<T>) {
  return {
    label: withIcon(icon, label),
    description: description && withIcon(undefined, description),
    detail: detail && withIcon(undefined, detail),
    value,
  };
}

async function pick<T>(title: Text, choices: readonly Choice<T>[]): Promise<T | undefined> {
  const picked = await vscode.window.showQuickPick(choices.map(toItem), {
    title,
    placeHolder: title,
    matchOnDescription: true,
    matchOnDetail: true,
    // Otherwise a notification that closes or a view that reloads would take the focus and close the list.
    ignoreFocusOut: true,
  });
  return picked?.value;
}

async function newFile(language: string, snippet: string): Promise<void> {
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language }));
  await vscode.commands.executeCommand("editor.action.insertSnippet", { langId: language, name: snippet });
}

/** Runs the action of a button. Errors are shown as a message. */
async function act(action: Action | undefined, wordsOf: (error: unknown) => string): Promise<void> {
  try {
    await action?.run();
  } catch (error) {
    void vscode.window.showErrorMessage(plain(wordsOf(error)));
  }
}
