import type { BootProgram } from "./boot-asked";
import type { InspectProgram } from "./inspect-asked";
import type { LeastProgram } from "./least-asked";
import type { VerifyProgram } from "./verify-asked";

/** The terminal functions that commands use. Tests pass their own. */
export interface Terminal {
  readonly cwd: string;
  /** The page of a rule, in Markdown. Throws if it cannot be read. */
  readonly page: (rule: string) => string;
  /** The descriptor of standard input; 0 if absent. */
  readonly stdin?: number;
  /** Prints complete lines. Text from files must be escaped beforehand, since it can contain line breaks. */
  readonly out: (text: string) => void;
  /** Prints a string unchanged, such as the fixed content of a file that came from standard input. */
  readonly raw: (text: string) => void;
  /** Prints one line, including its line end; further line breaks in it are escaped. */
  readonly err: (text: string) => void;
  /** Shows how many of all files are done; absent if standard error is not a terminal. */
  readonly progress?: (done: number, all: number) => void;
  /** Whether the reader of the output is gone. If so, a command with more to print may stop. */
  readonly isClosed?: () => boolean;
  /** Loads the `boot` program and runs it. */
  readonly boot?: BootProgram;
  /** Loads and runs the implementation of `boot --minimise`. */
  readonly least?: LeastProgram;
  /** Loads and runs the implementation of `inspect`. */
  readonly inspect?: InspectProgram;
  /** Loads and runs the implementation of `verify`. */
  readonly verify?: VerifyProgram;
}
