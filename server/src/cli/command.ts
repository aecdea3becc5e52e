import type { ExitCode } from "./exit-code";
import type { Arguments, Options } from "./input/options";
import type { Terminal } from "./terminal";

/** A command of the CLI. The help text and the dispatcher use only its entry in `run.ts`. */
export interface Command<O extends Options = Options> {
  readonly name: string;
  readonly options: O;
  /** What follows the options in the help text. */
  readonly usage: string;
  /** A paragraph of the help text, as complete lines. */
  readonly about?: string;
  /** The command queries an engine directly, so it has no options that describe one. */
  readonly withoutTarget?: true;
  /** Throws a `UsageError`, or rejects with one, if the arguments make no sense. */
  run(line: Arguments<O>, terminal: Terminal): ExitCode | Promise<ExitCode>;
}
