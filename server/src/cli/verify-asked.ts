import type { FileKind } from "../core/surfaces/files";
import type { BootPlace } from "./boot-asked";
import type { ExitCode } from "./exit-code";
import type { VerifyRow } from "./formats/format";

/** What `verify` should do, from the command line. */
export interface VerifyAsked {
  /** A path, a path with the name of a stage or service, or the name of an image. */
  readonly what: string;
  readonly kind?: FileKind;
  /** The address of the engine; if absent, the engine is found automatically. */
  readonly engine?: string;
}

/** The implementation of `verify`, in the same bundle as `boot`. Without a row, the error was already printed. */
export type VerifyProgram = (
  asked: VerifyAsked,
  place: BootPlace,
) => Promise<{ readonly code: ExitCode; readonly row?: VerifyRow }>;
