import type { PlaceMessage } from "../../../server/src/protocol";
import type { surfaces } from "../surfaces";
import type { Markdown, Text, Translate, TranslateMarkdown } from "../text";
import type { Shell, TerminalSize } from "./inside";
import type { LaunchUi } from "./launch-ui";
import type { Page, PageListener } from "./page";

export type FileKind = (typeof surfaces)[number]["kind"];

/** A position in a file, 0-based and in UTF-16 code units. */
export interface Place {
  readonly uri: string;
  readonly line: number;
  readonly character?: number;
}

/** A line that caused a problem during the last boot of a file. */
export interface BootProblem {
  readonly place: PlaceMessage;
  readonly severity: "error" | "warning";
  readonly message: string;
  /** The id of the rule that finds it. */
  readonly rule?: string;
}

/** A problem that systemd found in a unit. */
export interface VerifyProblem extends Pick<BootProblem, "place" | "message"> {
  /** Whether it is about the unit as a whole, so that any change to its file can be the fix. */
  readonly ofWholeUnit: boolean;
}

/** The error with which a command stops early. Its message is in the user's language. */
export interface Refusal extends Error {
  readonly code: "engine-declined" | "login" | "no-engine-here" | "variable";
  /** What can be done about it. */
  readonly hint?: string;
}

/** A button in a message. */
export interface Action {
  readonly title: Text;
  run(): unknown;
}

/** Buttons of a question in addition to the one that confirms it. */
export interface OtherAnswers {
  /** The recommended alternative, which is the default. It runs instead of what the question is about. */
  readonly instead?: Action;
  /** A second button that confirms the question. It also runs an action. */
  readonly also?: Action;
}

export interface Choice<T> {
  /** One of VS Code's icons: `edit`. */
  readonly icon?: string;
  readonly label: Text;
  readonly description?: Text;
  readonly detail?: Text;
  readonly value: T;
}

/** A comment that would ignore a rule but has not been written yet. */
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

/** The engine address from the settings. */
export interface EngineHost {
  readonly address: string;
  /** Whether the workspace settings contain it, as opposed to the user settings. */
  readonly fromWorkspace: boolean;
}

/** An item in the status bar. */
export interface Status {
  readonly icon: string;
  readonly text: Text;
  readonly detail: Text;
}

/** The user interface for the commands. Every string passed to it was created with `t` or `plain`. */
export interface Ui extends LaunchUi {
  /** Translates a message into the user's language. The arguments may be foreign text; each goes through `plain`. */
  readonly t: Translate;
  /** Like `t`, but for Markdown. */
  readonly md: TranslateMarkdown;
  /** False in an untrusted workspace, whose code must not be run. */
  trusted(): boolean;
  /** Shows a message and returns at once. The action runs when its button is pressed. */
  tell(kind: "info" | "warning" | "error", text: Text, ...actions: Action[]): void;
  /** Shows a modal question; false if it is dismissed. */
  confirm(question: Text, detail: Text, yes: Text, others?: OtherAnswers): Promise<boolean>;
  /** Shows a list; undefined if nothing is picked. */
  pick<T>(title: Text, choices: readonly Choice<T>[]): Promise<T | undefined>;
  /** Runs a task under a notification with a cancel button that aborts the signal. */
  progress<T>(
    title: Text,
    task: (report: (text: Text) => void, signal: AbortSignal) => Promise<T>,
  ): Promise<T>;
  /** Appends to the output channel of builds and boots. */
  print(text: string): void;
  showOutput(): void;
  /** A separate output channel. If one of that name exists, it is reused. */
  channel(name: string): Channel;
  /** Shows in the status bar what is running, or hides the item if nothing is passed. */
  status(shown?: Status): void;
  /** Shows in the status bar which file boots on save, or hides the item if nothing is passed. */
  onSave(shown?: Status & { readonly uri: string }): void;
  /** Shows in the status bar what is booting, in place of what is running. Pass nothing to end that. */
  busy(shown?: Status): void;

  /** Where the log to explain may be: the selection or else the open document, and the clipboard. */
  texts(): Promise<readonly { readonly label: string; readonly text: string }[]>;
  /** The active file, if the commands support its kind. */
  activeFile(): string | undefined;
  /** The cursor position in the active file of any kind. */
  cursor(): Place | undefined;
  /** The files in all open tabs, without duplicates. */
  openFiles(): readonly string[];
  /** The active file, if it is a unit file. */
  activeUnitFile(): string | undefined;
  kind(uri: string): FileKind | undefined;
  findFiles(): Promise<readonly string[]>;
  /** The files of the workspace with this name. */
  findNamed(name: string): Promise<readonly string[]>;
  /** Saves the changes to a file; false if it cannot be on disk (untitled, virtual). */
  save(uri: string): Promise<boolean>;
  /** Shows a file and opens the dialog to save it elsewhere. */
  saveAs(uri: string): Promise<void>;
  /**
   * Calls `saved` whenever any file is saved, and `closed` when this file is closed. Returns a function that stops
   * this.
   */
  watchFile(uri: string, on: { saved(uri: string): void; closed(): void }): () => void;
  /** The file's path on disk. */
  path(uri: string): string;
  /** The path of the file's directory on disk. */
  folder(uri: string): string;
  /** The file's path relative to the workspace, for display. */
  label(uri: string): string;
  /** Whether a file belongs to this workspace. */
  inWorkspace(uri: string): boolean;
  reveal(place: Place): Promise<void>;
  /** Goes to a position and lists the quick fixes there. */
  showFixes(place: Place): Promise<void>;
  /** Replaces the problems that the last boot of a file left in the Problems view. */
  blame(booted: string, problems: readonly BootProblem[]): void;
  /**
   * Replaces the problems that the last verification of a file or service left in the Problems view. They move with
   * their lines, and disappear when their lines change.
   */
  showVerified(verified: string, problems: readonly VerifyProblem[]): void;

  /** Shows read-only rendered Markdown. A document of the same name is replaced. */
  preview(name: string, markdown: Markdown): Promise<void>;
  /** Opens an HTML page; `listener` is notified when one of its buttons is pressed. */
  openPage(title: Text, listener: PageListener): Page;
  /** Opens a new, unsaved file with a language and one of this extension's snippets. */
  newFile(language: string, snippet: string): Promise<void>;
  /** Opens a new, unsaved document with this language and content. */
  newText(language: string, text: string): Promise<void>;
  /** Shows read-only content, whose language is determined by the path. */
  showText(path: string, text: string): Promise<void>;
  /** Replaces the content of a document that `showText` opened. If it is not open, does nothing. */
  changeText(path: string, text: string): void;
  /** Shows the page of a rule with this id. */
  showRulePage(rule: string): Promise<void>;
  terminal(name: string, open: (size: TerminalSize) => Promise<Shell>): void;
  copy(text: string): Promise<void>;
  browse(url: string): Promise<void>;
  /** Runs a command of this extension as if it had been picked from the palette. */
  run(command: string, ...args: string[]): Promise<void>;
  /** Sets a key that `when` clauses of the manifest use. */
  setContext(key: "followsJournal", value: boolean): void;
  openSettings(query: string): Promise<void>;
  /** The comments that ignore the problems in a range, which is in the server's format, or else in the selection. */
  ignoreComments(uri: string, range?: string): Promise<readonly IgnoreComment[]>;
  /** Turns a rule off for the workspace folder of a file, or for the user if there is none. */
  turnRuleOff(rule: string, uri: string): Promise<void>;
  /** The setting `systemdContainers.engine.host`, or undefined if it is empty. */
  engineHost(): EngineHost | undefined;
  /** Whether a container of the same name is replaced without confirmation. */
  replacesAlways(): boolean;
  /** From now on, replaces such containers in this workspace without confirmation. */
  alwaysReplace(): Promise<void>;
  /** How many seconds a boot may take. */
  bootTimeout(uri?: string): number;
}
