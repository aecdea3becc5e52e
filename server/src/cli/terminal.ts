import type { BootProgram } from "./boot-asked";
import type { VerifyProgram } from "./verify-asked";

/** The functions of the terminal that commands use. Tests pass others. */
export interface Terminal {
  readonly cwd: string;
  /** The page of a rule, in Markdown. Throws where it cannot be read. */
  readonly page: (rule: string) => string;
  /** Descriptor of the standard input, 0 where none is given. */
  readonly stdin?: number;
  /** Prints whole lines. Text of files in them is made visible before: it can contain line breaks. */
  readonly out: (text: string) => void;
  /** Prints a text as it is: the fixed one of a file that came from standard input. */
  readonly raw: (text: string) => void;
  /** Prints one line with its end; further line breaks in it are made visible. */
  readonly err: (text: string) => void;
  /** Shows how many of all files are done; absent if standard error is not a terminal. */
  readonly progress?: (done: number, all: number) => void;
  /** Whether the reader of what is printed has gone: a command that has more to print may stop. */
  readonly isClosed?: () => boolean;
  /** Loads the program of `boot`, and runs it. */
  readonly boot?: BootProgram;
  /** Loads the program of `verify`, and runs it. */
  readonly verify?: VerifyProgram;
}
