import type { CommandNode, CompoundCommand, CompoundList, Function as FunctionNode, Statement } from "unbash";
import type { Span } from "../base/text";
import type { MappedText } from "./mapped-text";
import type { Scope } from "./scope";

/** A file that a command reads or writes. */
export interface Redirection {
  /** `>`, `>>`, `<`, `<<` or similar. */
  readonly operator: string;
  /** The file, or undefined if it is unknown; a heredoc has no file. */
  readonly target: string | undefined;
  readonly span: Span;
  /** The content of a heredoc or here-string, as written. */
  readonly body?: string;
}

/** A simple command that a script executes. */
export interface ShellCommand {
  /** Words after quote removal and expansion; an unknown word is undefined. Empty for a command such as `> file`. */
  readonly words: readonly (string | undefined)[];
  readonly wordSpans: readonly Span[];
  /** The full text of the command, including wrappers such as sudo and exec. */
  readonly span: Span;
  /** Whether the script can succeed even though the command fails. */
  readonly failureIgnored: boolean;
  /** Whether it is the last thing that the script does; `exit 0`, `true` and alternatives after `||` do not count. */
  readonly last: boolean;
  /** Whether it is under a condition, in a loop, or in a function that is not called. */
  readonly conditional: boolean;
  /** Whether it replaces the shell. */
  readonly exec: boolean;
  /** Whether it is started with `&`, so that the shell does not wait for it. */
  readonly background: boolean;
  /** Variables that are set only for this command. */
  readonly environment: ReadonlyMap<string, string | undefined>;
  readonly redirections: readonly Redirection[];
}

/** What is known at the current point of a script. */
export interface Reader {
  readonly commands: ShellCommand[];
  readonly functions: Map<string, DefinedFunction>;
  scope: Scope;
  errexit: boolean;
  pipefail: boolean;
  /** The nesting level of scripts and calls. Nothing deeper than `deepestNesting` is read. */
  depth: number;
  readonly visit: Visitor;
}

/** How the parts of a script are read; also used for scripts inside commands. */
export interface Visitor {
  script(source: MappedText, reader: Reader, flow: Flow): void;
  list(statements: readonly Statement[], source: MappedText, reader: Reader, flow: Flow): void;
  body(
    node: CommandNode | CompoundList | CompoundCommand,
    source: MappedText,
    reader: Reader,
    flow: Flow,
  ): void;
}

export interface DefinedFunction {
  readonly node: FunctionNode;
  readonly source: MappedText;
  /** Whether it has been called. A function is read at its first call. */
  called: boolean;
}

/** The context of a command. */
export interface Flow {
  readonly conditional: boolean;
  /** Whether a failure of this list as a whole is ignored. */
  readonly ignored: boolean;
  /** Whether a failure is ignored if the shell exits within the list. */
  readonly exits: boolean;
  /** Whether `set -e` has no effect here: in a condition, or before `&&` or `||`. */
  readonly tested: boolean;
  readonly last: boolean;
  readonly background: boolean;
}
