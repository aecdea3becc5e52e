import type { CommandNode, CompoundCommand, CompoundList, Function as FunctionNode, Statement } from "unbash";
import type { Span } from "../base/text";
import type { MappedText } from "./mapped-text";
import type { Scope } from "./scope";

/** A file that a command reads or writes. */
export interface Redirection {
  /** `>`, `>>`, `<`, `<<` and the like. */
  readonly operator: string;
  /** The file, or undefined when it is not known; a heredoc has none. */
  readonly target: string | undefined;
  readonly span: Span;
  /** Text of a heredoc or here-string as written. */
  readonly body?: string;
}

/** A simple command that a script executes. */
export interface ShellCommand {
  /** Words after quote removal and expansion; a word that cannot be known is undefined. No words: `> file`. */
  readonly words: readonly (string | undefined)[];
  readonly wordSpans: readonly Span[];
  /** What was written for the command, wrappers such as sudo and exec included. */
  readonly span: Span;
  /** Its failure does not fail the script. */
  readonly failureIgnored: boolean;
  /** It is the last thing the script does; `exit 0`, `true` and alternatives after `||` do not count. */
  readonly last: boolean;
  /** Under a condition, in a loop, or in a function that is not called. */
  readonly conditional: boolean;
  /** It replaces the shell. */
  readonly exec: boolean;
  /** Started with `&`: the shell does not wait for it. */
  readonly background: boolean;
  /** Variables set for it alone. */
  readonly environment: ReadonlyMap<string, string | undefined>;
  readonly redirections: readonly Redirection[];
}

/** What is known at the point of a script that is being read. */
export interface Reader {
  readonly commands: ShellCommand[];
  readonly functions: Map<string, DefinedFunction>;
  scope: Scope;
  errexit: boolean;
  pipefail: boolean;
  /** Scripts in scripts, calls in calls; from `deepestNesting` on they are not read. */
  depth: number;
  readonly visit: Visitor;
}

/** How the parts of a script are read; scripts inside commands are read with it again. */
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
  /** It is read where it is called first. */
  called: boolean;
}

/** What surrounds a command. */
export interface Flow {
  readonly conditional: boolean;
  /** The failure of this list, as a whole, is ignored. */
  readonly ignored: boolean;
  /** The same when the shell exits in it. */
  readonly exits: boolean;
  /** `set -e` is without effect here: in a condition, before `&&` or `||`. */
  readonly tested: boolean;
  readonly last: boolean;
  readonly background: boolean;
}
