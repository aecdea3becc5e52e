import type { FileKind } from "../core/surfaces/files";
import type { BootPlace } from "./boot-asked";
import type { ExitCode } from "./exit-code";
import type { VerifyRow } from "./formats/format";

/** What a command line asks of `verify`. */
export interface VerifyAsked {
  /** A path, a path with the name of a stage or service, or an image. */
  readonly what: string;
  readonly kind?: FileKind;
  /** The address of the engine; without it the one that is found. */
  readonly engine?: string;
}

/** The program of `verify`, which is in the bundle of `boot`. Without a row the fault was printed. */
export type VerifyProgram = (
  asked: VerifyAsked,
  place: BootPlace,
) => Promise<{ readonly code: ExitCode; readonly row?: VerifyRow }>;
