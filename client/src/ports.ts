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
  /** What outlives a command. */
  readonly memory: Memory;
}

export interface Memory {
  /** The last boot that was watched: how long it took, which nobody can ask the engine later. */
  lastBoot?: { readonly id: string; readonly seconds?: number };
  /** Report of the last boot that failed: its container is gone, so the engine cannot tell it again. */
  failedBoot?: { readonly name: string; readonly markdown: string };
}

export interface Clock {
  /** Monotonic time in milliseconds. */
  now(): number;
}

export type FileKind = "dockerfile" | "compose";

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
  /** The text in the reader's language, `{0}` replaced by the first argument and so on. */
  t(text: string, ...args: (string | number)[]): string;
  /** False in an untrusted workspace, where nothing of it may be run. */
  trusted(): boolean;
  /** Shows a message and returns at once; the action that is chosen runs later. */
  tell(kind: "info" | "warning" | "error", text: string, ...actions: Action[]): void;
  /** Asks a question that stops the flow; false when it is dismissed. */
  confirm(question: string, detail: string, yes: string): Promise<boolean>;
  /** Undefined when nothing was picked. */
  pick<T>(title: string, choices: readonly Choice<T>[]): Promise<T | undefined>;
  /** Runs a task under a notification whose cancel button aborts the signal. */
  progress<T>(
    title: string,
    task: (report: (text: string) => void, signal: AbortSignal) => Promise<T>,
  ): Promise<T>;
  /** Appends to the output channel of builds and boots. */
  print(text: string): void;
  showOutput(): void;
  /** Shows in the status bar what is booting or running; nothing hides it. */
  status(text?: string, detail?: string): void;

  /** The file that has the focus, if commands work on its kind. */
  activeFile(): string | undefined;
  kind(uri: string): FileKind | undefined;
  findFiles(): Promise<readonly string[]>;
  /** Writes unsaved changes; false when the file cannot be on disk (untitled, virtual). */
  save(uri: string): Promise<boolean>;
  /** The file's path on disk. */
  path(uri: string): string;
  /** The path of the file's folder on disk. */
  folder(uri: string): string;
  /** The path relative to the workspace, for people. */
  label(uri: string): string;
  reveal(place: Place): Promise<void>;

  /** Shows read-only Markdown, rendered; the same name replaces the text shown before. */
  preview(name: string, markdown: string): Promise<void>;
  /** The ids of the rules; each has a page. */
  rulePages(): readonly string[];
  showRulePage(rule: string): Promise<void>;
  terminal(name: string, open: (size: TerminalSize) => Promise<Shell>): void;
  copy(text: string): Promise<void>;
  browse(url: string): Promise<void>;
  /** Runs a command of the table, as if it was chosen from the palette. */
  run(command: string, ...args: string[]): Promise<void>;
  openSettings(query: string): Promise<void>;
  /** Switches a rule off for the workspace folder of a file, or for the user where there is none. */
  turnRuleOff(rule: string, uri: string): Promise<void>;
  /** Seconds a boot may take. */
  bootTimeout(uri: string): number;
}

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
  /** The exit code; undefined when it could not be learnt. */
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

/** Loads the engine code and connects; rejects with a fault when no engine answers. */
export interface EngineAccess {
  connect(signal: AbortSignal): Promise<Engine>;
}

/** One container engine. Its methods reject with a `Fault`, or with an AbortError once the signal is aborted. */
export interface Engine {
  /** For people: `Docker 28.5.2`. */
  readonly name: string;
  readonly facts: EngineFactsMessage;
  build(request: BuildRequest, print: (text: string) => void, signal: AbortSignal): Promise<void>;
  /** Creates and starts a container under our label; nothing is left when it fails or is cancelled. */
  start(request: StartRequest, signal: AbortSignal): Promise<Container>;
  /** Waits until systemd has booted, failed or `seconds` have passed. */
  boot(
    container: Container,
    seconds: number,
    report: (text: string) => void,
    signal: AbortSignal,
  ): Promise<BootReport>;
  /** The state of a container as it is now. */
  report(container: Container): Promise<BootReport>;
  /** The containers under our label, running or not. */
  containers(): Promise<readonly Container[]>;
  /** Sends the container its stop signal and waits for the end. */
  stop(container: Container): Promise<{ readonly exitCode: number }>;
  remove(container: Container): Promise<void>;
  shell(container: Container, size: TerminalSize): Promise<Shell>;
}

export interface BuildRequest {
  readonly dockerfile: string;
  readonly context: string;
  readonly tag: string;
  readonly target?: string;
}

export interface StartRequest {
  readonly name: string;
  /** The file it was built from, kept in a label. */
  readonly uri: string;
  readonly stopSignal: string;
  readonly createOptions: Readonly<Record<string, unknown>>;
}

export interface Container {
  readonly id: string;
  readonly name: string;
  readonly uri?: string;
  readonly running: boolean;
}

/** How a boot ended and what the container is like. */
export interface BootReport {
  /** `starting`: the time was up before systemd had finished. `exited` and `frozen` are failed boots. */
  readonly state: "running" | "degraded" | "starting" | "exited" | "frozen";
  /** Time from the start to this state, absent when the boot was not watched. */
  readonly seconds?: number;
  readonly exitCode?: number;
  /** First line of `systemctl --version`. */
  readonly systemd?: string;
  /** Command line of PID 1. */
  readonly pid1?: string;
  /** The control group of PID 1, as it sees it. */
  readonly cgroup?: string;
  /** What systemd takes the container for: `docker`, `podman`, `none` … */
  readonly virtualization?: string;
  readonly targets: readonly string[];
  readonly failed: readonly FailedUnit[];
  readonly mounts: readonly Mount[];
  /** What the container wrote to its console. */
  readonly log: string;
}

export interface FailedUnit {
  readonly unit: string;
  /** Why, in words: `exit code 203/EXEC`. */
  readonly reason?: string;
  readonly journal: readonly string[];
}

export interface Mount {
  readonly path: string;
  readonly type: string;
  readonly options: string;
}

/** What an engine call rejects with, worded for people. */
export interface Fault extends Error {
  readonly code: string;
  /** What can be done about it. */
  readonly hint?: string;
  /** Where an engine was looked for, and what came back. */
  readonly tried?: readonly string[];
  /** 0-based line of the Dockerfile that a build failed at. */
  readonly line?: number;
}
