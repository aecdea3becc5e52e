import type { Container, UnitResult } from "./container";
import type { Job } from "./job";

/** What an engine can do inside a running container. */
export interface Inside {
  /** Opens a login shell as root or as another user. */
  shell(container: Container, size: TerminalSize, user?: User): Promise<Shell>;
  /** The users who can log in: root first, then all others with a login shell. */
  users(container: Container): Promise<readonly User[]>;
  /** The terminal that the container was created with. Closing it only detaches; nothing is stopped. */
  console(container: Container, size: TerminalSize): Promise<LoginConsole>;
  /**
   * Runs a command line with the container's shell, as root and without a terminal. Its output goes to `print`.
   * Resolves with the exit code. If aborted, sends SIGHUP to the processes that the line started.
   */
  run(container: Container, line: string, job: Pick<Job, "print" | "signal">): Promise<number | undefined>;
  /** The units that systemd has loaded. */
  units(container: Container): Promise<readonly Unit[]>;
  /** The units that the boot starts because they are enabled. */
  enabled(container: Container): Promise<readonly EnabledUnit[]>;
  /** The given units that systemd skipped because of a condition that a container can meet. */
  skipped(container: Container, units: readonly string[]): Promise<readonly SkippedUnit[]>;
  /** The health check of the container as a shell command; undefined if it has none. */
  healthLine(container: Container): Promise<string | undefined>;
  /** The loaded units and the state of systemd. */
  system(container: Container): Promise<System>;
  /** When the units started during the boot. */
  timeline(container: Container): Promise<Timeline>;
  /** Starts, stops or restarts a unit, and resolves with its new state. A failed start does not reject. */
  control(container: Container, unit: string, verb: UnitVerb, signal: AbortSignal): Promise<UnitOutcome>;
  /** The files that define a unit in the container. */
  unitFile(container: Container, unit: string): Promise<UnitFile>;
  /** Writes a unit's main file, has systemd reload its units, and restarts the unit; `path` comes from `unitFile`. */
  updateUnit(container: Container, update: UnitUpdate, signal: AbortSignal): Promise<UnitOutcome>;
  /** Follows the journal of one unit or of the container until the signal is aborted or the container stops. */
  journal(container: Container, unit: string | undefined, signal: AbortSignal): AsyncIterable<JournalBatch>;
  /** The TCP ports that can be reached from outside. */
  published(container: Container): Promise<Published>;
}

/** A user from the container's /etc/passwd. */
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

/** A unit that is enabled and loaded. */
export interface EnabledUnit extends Pick<Unit, "name" | "active" | "sub"> {
  /** How many times systemd has restarted it after a failure. */
  readonly restarts: number;
  /** True if systemd did not try to start it during the boot, because a unit that it requires failed. */
  readonly isHeldUp: boolean;
}

/** A unit that systemd skipped, and the unmet condition: `ConditionCapability=CAP_SYS_TIME`. */
export interface SkippedUnit {
  readonly unit: string;
  readonly condition: string;
}

export interface System {
  /** `starting`, `running`, `degraded` …; undefined if systemd does not respond. */
  readonly state?: string;
  /** How many seconds the boot took as measured by systemd, from its start until the boot was complete. */
  readonly seconds?: number;
  readonly units: readonly Unit[];
}

/** When the units of a boot started. */
export interface Timeline {
  readonly units: readonly TimelineUnit[];
  /** The chain of units that delayed the end of the boot, the last one first; empty if unknown. */
  readonly chain: readonly string[];
}

export interface TimelineUnit {
  readonly name: string;
  /** Seconds since the start of systemd. */
  readonly begins: number;
  /** When it became active or failed, in seconds since the start of systemd; undefined while it is starting. */
  readonly ends?: number;
}

export type UnitVerb = "start" | "stop" | "restart";

export interface UnitOutcome extends Pick<Unit, "active" | "sub"> {
  readonly ended?: UnitResult;
  /** The error message of systemctl if it failed. */
  readonly said?: string;
}

export interface UnitFile {
  /** The path of the main file; absent if systemd itself created the unit. */
  readonly path?: string;
  /** The content of all files, in the format of `systemctl cat`. */
  readonly text: string;
}

export interface UnitUpdate {
  readonly unit: string;
  readonly path: string;
  readonly text: string;
}

/** The lines that arrived since the last batch was taken. */
export interface JournalBatch {
  /** Complete lines. */
  readonly text: string;
  /** How many lines before these were dropped because they were not read in time. */
  readonly dropped: number;
}

export interface Published {
  readonly ports: readonly PublishedPort[];
  /** Whether the container was started without a network, so that none of its ports can be published. */
  readonly noNetwork: boolean;
}

export interface PublishedPort {
  /** The port inside the container. */
  readonly inside: number;
  /**
   * The host at which the port is reachable. Absent if it is reachable only from the engine's host and that is another
   * host.
   */
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
  /** The exit code; undefined if it could not be determined. */
  readonly exit: Promise<number | undefined>;
}

/** The terminal that a container was created with. */
export interface LoginConsole extends Shell {
  /** The earlier output, which is not passed to `onData`. */
  readonly earlier: Uint8Array;
  /** Whether the container accepts typed input. */
  readonly takesInput: boolean;
}
