import type { BootAsked, BootPlace } from "./boot-asked";
import type { ExitCode } from "./exit-code";
import type { LeastRow } from "./formats/format";
import type { InputFile } from "./input/input-file";

/** The arguments of `boot --minimise`. */
export interface LeastAsked
  extends Pick<BootAsked, "what" | "kind" | "engine" | "seconds" | "expectActive" | "allowFailed" | "exec"> {
  /** Grants that are equivalent to root on the host and that the search may use. */
  readonly allow: readonly string[];
  /** Write the result into the file instead of showing the difference. */
  readonly write: boolean;
}

/** A file, and its new content with the set of grants that was found. */
export interface LeastChange {
  readonly file: InputFile;
  readonly text: string;
}

/** The result of `boot --minimise`. If there is no row, the error was already printed. */
export interface LeastOutcome {
  readonly code: ExitCode;
  readonly row?: LeastRow;
  readonly change?: LeastChange;
}

/** The `boot --minimise` program, which is in the bundle of `boot`. */
export type LeastProgram = (asked: LeastAsked, place: BootPlace) => Promise<LeastOutcome>;
