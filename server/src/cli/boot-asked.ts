import type { FileKind } from "../core/surfaces/files";
import type { ExitCode } from "./exit-code";
import type { BootRow } from "./formats/format";

/** What a command line asks of `boot`. */
export interface BootAsked {
  /** A path, a path with the name of a stage or service, or an image. */
  readonly what: string;
  readonly kind?: FileKind;
  /** The address of the engine; without it the one that is found. */
  readonly engine?: string;
  /** Seconds that all of it may take. */
  readonly seconds: number;
  /** Units with their suffix. */
  readonly waitFor: readonly string[];
  readonly expectActive: readonly string[];
  readonly allowFailed: readonly string[];
  /** A line for the shell of the container. */
  readonly exec?: string;
  /** Stops it, and boots it once more. */
  readonly restart: boolean;
  /** Removes nothing. */
  readonly keep: boolean;
}

/** What came of it. Without a row the fault was printed. */
export interface BootResult {
  readonly code: ExitCode;
  readonly row?: BootRow;
}

/** Where it runs, and where faults and progress are printed, a line each. */
export interface BootPlace {
  readonly cwd: string;
  readonly err: (line: string) => void;
}

/** The program of `boot`, which is a separate bundle. Never rejects for what an engine or a file does. */
export type BootProgram = (asked: BootAsked, place: BootPlace) => Promise<BootResult>;
