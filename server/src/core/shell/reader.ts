import type { CommandNode, CompoundCommand, CompoundList, Function as FunctionNode, Statement } from "unbash";
import type { ShellCommand } from "./commands";
import type { MappedText } from "./mapped-text";
import type { Scope } from "./scope";

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

/** How the parts of a script are read; commands that hold scripts come back through it. */
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
}
