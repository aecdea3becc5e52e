import type { Container, UnitResult } from "./container";
import type { Job } from "./job";

/** What an engine does inside a container that runs. */
export interface Inside {
  /** A login shell: root's, or that of another user. */
  shell(container: Container, size: TerminalSize, user?: User): Promise<Shell>;
  /** Who can log in: root first, then everybody else with a login shell. */
  users(container: Container): Promise<readonly User[]>;
  /** The container's own terminal. Closing it detaches from it and stops nothing. */
  console(container: Container, size: TerminalSize): Promise<LoginConsole>;
  /**
   * Runs a line by the shell of the container, as root and without a terminal; what it writes goes to `print`.
   * Resolves with the exit code. Aborted, it hangs up on what the line started.
   */
  run(container: Container, line: string, job: Pick<Job, "print" | "signal">): Promise<number | undefined>;
  /** The units that systemd has loaded. */
  units(container: Container): Promise<readonly Unit[]>;
  /** The same, and what systemd is at. */
  system(container: Container): Promise<System>;
  /** When the units of its boot started. */
  timeline(container: Container): Promise<Timeline>;
  /** Starts, stops or restarts a unit, and resolves with what became of it; the start of a service may fail. */
  control(container: Container, unit: string, verb: UnitVerb, signal: AbortSignal): Promise<UnitOutcome>;
  /** The files that a unit is made of, as the container has them. */
  unitFile(container: Container, unit: string): Promise<UnitFile>;
  /** Writes a unit's main file, has systemd read it and restarts the unit; `path` is where `unitFile` found it. */
  updateUnit(container: Container, update: UnitUpdate, signal: AbortSignal): Promise<UnitOutcome>;
  /** Follows the journal, of one unit or of all, until the signal is aborted or the container ends. */
  journal(container: Container, unit: string | undefined, signal: AbortSignal): AsyncIterable<JournalBatch>;
  /** The TCP ports that can be reached from outside. */
  published(container: Container): Promise<Published>;
}

/** A user of the container's passwd. */
export interface User {
  readonly name: string;
  readonly uid: number;
  readonly home: string;
  readonly shell: string;
}

export interface Unit {
  readonly name: string;
  /** `active`, `inactive`, `failed` … */
  readonly active: string;
  /** `running`, `exited`, `dead` … */
  readonly sub: string;
  readonly description: string;
}

export interface System {
  /** `starting`, `running`, `degraded` …; undefined while systemd cannot be asked. */
  readonly state?: string;
  /** How long the boot took, as systemd counts it: from its own start until it was idle. */
  readonly seconds?: number;
  readonly units: readonly Unit[];
}

/** When units started at a boot. */
export interface Timeline {
  readonly units: readonly TimelineUnit[];
  /** The units that the end of the boot waited for, the last one first; empty where it is not known. */
  readonly chain: readonly string[];
}

export interface TimelineUnit {
  readonly name: string;
  /** Seconds after systemd itself. */
  readonly begins: number;
  /** When it was up, or had failed; undefined while it starts. */
  readonly ends?: number;
}

export type UnitVerb = "start" | "stop" | "restart";

export interface UnitOutcome extends Pick<Unit, "active" | "sub"> {
  readonly ended?: UnitResult;
  /** What systemctl wrote where it did not do it. */
  readonly said?: string;
}

export interface UnitFile {
  /** The main file; a unit that systemd makes on its own has none. */
  readonly path?: string;
  /** All of them, as `systemctl cat` writes them. */
  readonly text: string;
}

export interface UnitUpdate {
  readonly unit: string;
  readonly path: string;
  readonly text: string;
}

/** Lines that came since the last batch was taken. */
export interface JournalBatch {
  /** Whole lines. */
  readonly text: string;
  /** How many lines before these were dropped because they were not read in time. */
  readonly dropped: number;
}

export interface Published {
  readonly ports: readonly PublishedPort[];
  /** The container was started without a network, so that no port of it can be published. */
  readonly noNetwork: boolean;
}

export interface PublishedPort {
  /** The port inside the container. */
  readonly inside: number;
  /** Where it is reached; absent when only the engine's host reaches it, and this is another host. */
  readonly host?: string;
  readonly port: number;
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

/** The terminal that a container was created with. */
export interface LoginConsole extends Shell {
  /** What was written to it before, which `onData` does not tell again. */
  readonly earlier: Uint8Array;
  /** Whether the container takes what is typed. */
  readonly takesInput: boolean;
}
