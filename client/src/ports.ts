import type {
  EngineFactsMessage,
  ExplainParams,
  ExplainResult,
  PlanParams,
  PlanResult,
} from "../../server/src/protocol";

/**
 * Everything the commands need of the outside world, as plain records: the editor behind `ui`, a
 * container engine behind `engine`, the language server behind `server`. Tests pass literals.
 */
export interface Ports {
  readonly ui: Ui;
  readonly engine: EngineAccess;
  readonly server: Server;
  readonly clock: Clock;
}

/** Monotonic time in milliseconds. */
export interface Clock {
  now(): number;
}

/** A place in a file, 0-based UTF-16. */
export interface Place {
  readonly uri: string;
  readonly line: number;
  readonly character?: number;
}

/** A button of a message. */
export interface Action {
  readonly title: string;
  run(): unknown;
}

export interface Choice<T> {
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
  readonly value: T;
}

/** What the commands say to and ask of a person. Every text that reaches them went through `t`. */
export interface Ui {
  /** The text in the reader's language, `{0}` replaced by the arguments. */
  t(text: string, ...args: (string | number)[]): string;
  /** False in an untrusted workspace, where nothing of it may be run. */
  trusted(): boolean;
  /** Shows a message and returns at once; the action that is chosen runs later. */
  tell(kind: "info" | "warning" | "error", text: string, ...actions: Action[]): void;
  /** Asks a question that stops the flow; false when it is dismissed. */
  confirm(question: string, detail: string, yes: string): Promise<boolean>;
  /** Undefined when nothing was picked. */
  pick<T>(title: string, choices: readonly Choice<T>[]): Promise<T | undefined>;
  /** Runs a task under a progress notification with a cancel button, which aborts the signal. */
  progress<T>(title: string, task: (report: (text: string) => void, signal: AbortSignal) => Promise<T>): Promise<T>;
  /** Appends to the output channel of builds and boots. */
  print(text: string): void;
  showOutput(): void;
  /** The file that has the focus, if it is one that commands work on. */
  activeFile(): string | undefined;
  /** Files of the workspace whose name says they are Dockerfiles (or compose files). */
  findFiles(kinds: readonly FileKind[]): Promise<readonly string[]>;
  kind(uri: string): FileKind | undefined;
  /** Writes unsaved changes; false when the file is not on disk. */
  save(uri: string): Promise<boolean>;
  /** The path of a file on disk. */
  path(uri: string): string;
  /** The path relative to the workspace, for people. */
  label(uri: string): string;
  reveal(place: Place): Promise<void>;
  /** Opens a read-only Markdown document, rendered; the same name replaces the text shown before. */
  preview(name: string, markdown: string): Promise<void>;
  /** Opens a page of the extension's `docs/rules`, rendered. */
  showRulePage(rule: string): Promise<void>;
  terminal(name: string, open: (size: TerminalSize) => Promise<Shell>): void;
  copy(text: string): Promise<void>;
  browse(url: string): Promise<void>;
  openSettings(query: string): Promise<void>;
  /** Seconds a boot may take. */
  bootTimeout(uri: string): number;
  /** Shows in the status bar what is booting or running; nothing hides it. */
  status(text: string | undefined, detail?: string): void;
}

export type FileKind = "dockerfile" | "compose";

export interface TerminalSize {
  readonly columns: number;
  readonly rows: number;
}

/** A process with a terminal inside a container. */
export interface Shell {
  onData(listener: (data: Uint8Array) => void): void;
  write(text: string): void;
  resize(size: TerminalSize): void;
  close(): void;
  /** The exit code, undefined when it could not be learnt. */
  readonly exit: Promise<number | undefined>;
}

/** The language server: plans and explanations come from there, never from the client. */
export interface Server {
  plan(params: PlanParams): Promise<PlanResult>;
  explain(params: ExplainParams): Promise<ExplainResult>;
  engineFacts(facts: EngineFactsMessage | null): Promise<void>;
  restart(): Promise<void>;
  showLog(): void;
}

/** Loads the engine code and connects on the first use; rejects when no engine answers. */
export interface EngineAccess {
  connect(signal: AbortSignal): Promise<Engine>;
}

/** One container engine. */
export interface Engine {
  /** For people: `Docker 28.5.2`. */
  readonly name: string;
  readonly facts: EngineFactsMessage;
  build(request: BuildRequest, print: (text: string) => void, signal: AbortSignal): Promise<void>;
  /** Creates and starts a container under our label; nothing is left when it fails or is cancelled. */
  start(request: StartRequest, signal: AbortSignal): Promise<string>;
}

export interface BuildRequest {
  readonly dockerfile: string;
  readonly context: string;
  readonly tag: string;
  readonly target?: string;
}

export interface StartRequest {
  readonly createOptions: Readonly<Record<string, unknown>>;
  readonly name: string;
  readonly uri: string;
  readonly stopSignal: string;
}
