import type { ExitCode } from "./exit-code";
import type { Arguments, Options } from "./input/options";
import type { Terminal } from "./terminal";

/** A command of the command line. Its row in `run.ts` is all that help and dispatch know of it. */
export interface Command<O extends Options = Options> {
  readonly name: string;
  readonly options: O;
  /** What follows the options, as help shows it. */
  readonly usage: string;
  /** A paragraph of the help: lines with their ends. */
  readonly about?: string;
  /** It asks an engine itself, so it takes none of the options that describe one. */
  readonly withoutTarget?: true;
  /** Throws a `UsageError`, or rejects with one, for arguments that cannot be meant. */
  run(line: Arguments<O>, terminal: Terminal): ExitCode | Promise<ExitCode>;
}
