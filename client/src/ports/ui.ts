import type { PlaceMessage } from "../../../server/src/protocol";
import type { surfaces } from "../surfaces";
import type { Markdown, Text, Translate, TranslateMarkdown } from "../text";
import type { Shell, TerminalSize } from "./inside";
import type { LaunchUi } from "./launch-ui";
import type { Page, PageListener } from "./page";

export type FileKind = (typeof surfaces)[number]["kind"];

/** A place in a file, 0-based UTF-16. */
export interface Place {
  readonly uri: string;
  readonly line: number;
  readonly character?: number;
}

/** A line that the last boot of a file is blamed on. */
export interface BootProblem {
  readonly place: PlaceMessage;
  readonly severity: "error" | "warning";
  readonly message: string;
  /** The rule that finds it, and the address of the rule's page. */
  readonly rule?: string;
}

/** What a command stops with, in the reader's language. */
export interface Refusal extends Error {
  readonly code: "engine-declined" | "login" | "no-engine-here" | "variable";
  /** What can be done about it. */
  readonly hint?: string;
}

/** A button of a message. */
export interface Action {
  readonly title: Text;
  run(): unknown;
}

/** Buttons of a question beside that which agrees. */
export interface OtherAnswers {
  /** The better way, which is the default. It is run in place of what was asked. */
  readonly instead?: Action;
  /** A second way to agree, which is run. */
  readonly also?: Action;
}

export interface Choice<T> {
  /** Of VS Code's icons: `edit`. */
  readonly icon?: string;
  readonly label: Text;
  readonly description?: Text;
  readonly detail?: Text;
  readonly value: T;
}

/** A comment that ignores a rule, and is not written yet. */
export interface IgnoreComment {
  readonly rule: string;
  readonly title: Text;
  apply(): Promise<void>;
}

/** An output channel. */
export interface Channel {
  print(text: string): void;
  show(): void;
}

/** The address of an engine that the settings name. */
export interface EngineHost {
  readonly address: string;
  /** The workspace settings set it, not those of the user. */
  readonly fromWorkspace: boolean;
}

/** What the status bar shows. */
export interface Status {
  readonly icon: string;
  readonly text: Text;
  readonly detail: Text;
}

/** What the commands say to and ask of a person. Every text that reaches them went through `t` or `plain`. */
export interface Ui extends LaunchUi {
  /** The text in the reader's language. The arguments may be foreign: each goes through `plain`. */
  readonly t: Translate;
  /** The same, in Markdown. */
  readonly md: TranslateMarkdown;
  /** False in an untrusted workspace, where nothing of it may be run. */
  trusted(): boolean;
  /** Shows a message and returns at once; the action that is chosen runs later. */
  tell(kind: "info" | "warning" | "error", text: Text, ...actions: Action[]): void;
  /** Asks a question that stops the flow; false when it is dismissed. */
  confirm(question: Text, detail: Text, yes: Text, others?: OtherAnswers): Promise<boolean>;
  /** Undefined when nothing was picked. */
  pick<T>(title: Text, choices: readonly Choice<T>[]): Promise<T | undefined>;
  /** Runs a task under a notification whose cancel button aborts the signal. */
  progress<T>(
    title: Text,
    task: (report: (text: Text) => void, signal: AbortSignal) => Promise<T>,
  ): Promise<T>;
  /** Appends to the output channel of builds and boots. */
  print(text: string): void;
  showOutput(): void;
  /** A separate output channel; the one of that name is used again. */
  channel(name: string): Channel;
  /** Shows in the status bar what is running; nothing hides it. */
  status(shown?: Status): void;
  /** Shows in the status bar which file boots on save; nothing hides it. */
  onSave(shown?: Status & { readonly uri: string }): void;
  /** Shows in the status bar what is booting in place of that; nothing ends it. */
  busy(shown?: Status): void;

  /** Texts that a person may mean by a log: what is selected, else the open document; and the clipboard. */
  texts(): Promise<readonly { readonly label: string; readonly text: string }[]>;
  /** The file that has the focus, if commands work on its kind. */
  activeFile(): string | undefined;
  /** The place of the cursor, whatever file that is in. */
  cursor(): Place | undefined;
  /** The files that tabs show, each once. */
  openFiles(): readonly string[];
  /** The unit file that has the focus. */
  activeUnitFile(): string | undefined;
  kind(uri: string): FileKind | undefined;
  findFiles(): Promise<readonly string[]>;
  /** The files of the workspace with a name. */
  findNamed(name: string): Promise<readonly string[]>;
  /** Writes unsaved changes; false when the file cannot be on disk (untitled, virtual). */
  save(uri: string): Promise<boolean>;
  /** Shows a file and asks where to save it. */
  saveAs(uri: string): Promise<void>;
  /** Calls at each save of a file, whichever it is, and when this one is closed; the result ends that. */
  watchFile(uri: string, on: { saved(uri: string): void; closed(): void }): () => void;
  /** The file's path on disk. */
  path(uri: string): string;
  /** The path of the file's directory on disk. */
  folder(uri: string): string;
  /** The path relative to the workspace, for people. */
  label(uri: string): string;
  /** Whether a file is in this workspace. */
  inWorkspace(uri: string): boolean;
  reveal(place: Place): Promise<void>;
  /** Goes to a place and lists the fixes there. */
  showFixes(place: Place): Promise<void>;
  /** Shows in Problems what the last boot of a file is blamed on, in place of what the boot before was. */
  blame(booted: string, problems: readonly BootProblem[]): void;

  /** Shows read-only Markdown, rendered; the same name replaces the text shown before. */
  preview(name: string, markdown: Markdown): Promise<void>;
  /** Opens a page of HTML; `listener` receives which of its buttons are pressed. */
  openPage(title: Text, listener: PageListener): Page;
  /** Opens a new file of a language, with a snippet of this extension in it. It is not saved. */
  newFile(language: string, snippet: string): Promise<void>;
  /** Opens a new document of a language with a text. It is not saved. */
  newText(language: string, text: string): Promise<void>;
  /** Shows a text that cannot be edited; its language is that of the path. */
  showText(path: string, text: string): Promise<void>;
  /** Shows another text in place of one that is shown; of one that is not, nothing. */
  changeText(path: string, text: string): void;
  /** The ids of the rules; each has a page. */
  showRulePage(rule: string): Promise<void>;
  terminal(name: string, open: (size: TerminalSize) => Promise<Shell>): void;
  copy(text: string): Promise<void>;
  browse(url: string): Promise<void>;
  /** Runs a command of the table, as if it was chosen from the palette. */
  run(command: string, ...args: string[]): Promise<void>;
  /** Sets what `when` clauses of the manifest read. */
  setContext(key: "followsJournal", value: boolean): void;
  openSettings(query: string): Promise<void>;
  /** The comments that ignore problems at a range, as the server wrote it, or at the selection. */
  ignoreComments(uri: string, range?: string): Promise<readonly IgnoreComment[]>;
  /** Switches a rule off for the workspace folder of a file, or for the user where there is not one. */
  turnRuleOff(rule: string, uri: string): Promise<void>;
  /** The setting `systemdContainers.engine.host`; undefined where it is empty. */
  engineHost(): EngineHost | undefined;
  /** Whether a container of the same name is replaced without a question. */
  replacesAlways(): boolean;
  /** Replaces such containers in this workspace from now on. */
  alwaysReplace(): Promise<void>;
  /** Seconds a boot may take. */
  bootTimeout(uri?: string): number;
}
