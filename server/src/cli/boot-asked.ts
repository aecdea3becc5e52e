import type { FileKind } from "../core/surfaces/files";
import type { ExitCode } from "./exit-code";
import type { BootRow } from "./formats/format";

/** The arguments of `boot`, as given on the command line. */
export interface BootAsked {
  /** A path, a path followed by the name of a stage or service, or an image. */
  readonly what: string;
  readonly kind?: FileKind;
  /** The engine's address. Without it, an engine is searched for. */
  readonly engine?: string;
  /** The time limit for the entire command, in seconds. */
  readonly seconds: number;
  /** Names of units, including their suffix. */
  readonly waitFor: readonly string[];
  readonly expectActive: readonly string[];
  readonly allowFailed: readonly string[];
  /** A shell command to run in the container. */
  readonly exec?: string;
  /** Stop the container and boot it a second time. */
  readonly restart: boolean;
  /** Remove nothing at the end. */
  readonly keep: boolean;
}

/** The result of `boot`. If there is no row, the error was already printed. */
export interface BootResult {
  readonly code: ExitCode;
  readonly row?: BootRow;
}

/** The working directory, and the function that prints errors and progress, one line per call. */
export interface BootPlace {
  readonly cwd: string;
  readonly err: (line: string) => void;
}

/** The `boot` program, which is a separate bundle. It never rejects because of a fault in an engine or a file. */
export type BootProgram = (asked: BootAsked, place: BootPlace) => Promise<BootResult>;
