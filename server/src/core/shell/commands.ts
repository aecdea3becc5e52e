import { kept } from "../base/kept";
import { type Budget, mostExpanded, mostKeptScripts, spend } from "../base/limits";
import type { Span } from "../base/text";
import { visit } from "./flow";
import { shellOfShebang } from "./interpreter";
import { type MappedText, plainText } from "./mapped-text";
import type { Flow, Reader, ShellCommand } from "./reader";
import { variablesOver } from "./scope";

export interface ShellOptions {
  /** Variables whose values are known when the script starts. */
  readonly variables?: { get(name: string): string | undefined };
  /**
   * The number of characters that variables and lists may still add to the words, if several scripts share the
   * budget.
   */
  readonly budget?: Budget;
  /** The arguments of the script; absent if they are unknown. */
  readonly positional?: readonly (string | undefined)[];
  /** Options of the shell: `-e`, `-o pipefail`. */
  readonly errexit?: boolean;
  readonly pipefail?: boolean;
}

/**
 * All simple commands that a script executes, in the order in which they are written, and those of functions where
 * they are called. Scripts in `sh -c '…'`, `eval`, `su -c` and heredocs of a shell are also read; text that is only
 * written to a file is not. Reading never fails: for a script that no shell accepts, the result contains the commands
 * that can be recognized.
 */
export function readCommands(source: MappedText, options: ShellOptions = {}): readonly ShellCommand[] {
  const script = readKept(source, options);
  return script.place === 0 ? script.commands : script.commands.map((command) => placed(command, script));
}

/** The commands of a script, independent of its position in the file. */
export interface Script {
  /**
   * Their positions are relative to `place`. The array stays the same as long as the script is unchanged, even if the
   * script moves.
   */
  readonly commands: readonly ShellCommand[];
  /** Where the script begins in its file. */
  readonly place: number;
}

/**
 * Like `readCommands`, but the commands are shared between calls, so results that do not depend on their positions
 * can be cached for them.
 */
export function readKept(source: MappedText, options: ShellOptions = {}): Script {
  const { variables, budget, ...others } = options;
  const place = source.pieces[0]?.source ?? 0;
  const { commands, spent } = recent(
    keyOf(source, place, others),
    (name) => variables?.get(name),
    (get) => {
      const own: Budget = { left: mostExpanded };
      return {
        commands: readScript(moved(source, -place), { ...options, budget: own }, get),
        spent: mostExpanded - own.left,
      };
    },
  );
  // If the budget runs out in the middle of the script, the words after that point are unknown.
  if (budget && budget.left < spent)
    return { commands: readScript(source, options, (name) => variables?.get(name)), place: 0 };
  if (budget) spend(budget, spent);
  return { commands, place };
}

/**
 * A cache key for a script, independent of its position in the file. It includes everything that the commands depend
 * on, except variables.
 */
function keyOf(
  { text, pieces }: MappedText,
  place: number,
  { positional, errexit, pipefail }: ShellOptions,
): string {
  let key = `${errexit === true} ${pipefail === true} ${positional ? JSON.stringify(positional) : ""}`;
  for (const { at, source, standsFor = "" } of pieces) key += ` ${at},${source - place},${standsFor}`;
  return `${key}\n${text}`;
}

/**
 * A cache of parsed scripts, independent of their positions. If a user types above a script, it moves but is not
 * parsed again.
 */
const recent = kept<{ readonly commands: readonly ShellCommand[]; readonly spent: number }>(mostKeptScripts);

function moved({ text, pieces }: MappedText, by: number): MappedText {
  return { text, pieces: pieces.map((piece) => ({ ...piece, source: piece.source + by })) };
}

/** A command of a script at its position in the file. */
export function placed(command: ShellCommand, { place }: Pick<Script, "place">): ShellCommand {
  const move = ({ start, end }: Span): Span => ({ start: start + place, end: end + place });
  return {
    ...command,
    span: move(command.span),
    wordSpans: command.wordSpans.map(move),
    redirections: command.redirections.map((each) => ({ ...each, span: move(each.span) })),
  };
}

function readScript(
  source: MappedText,
  options: ShellOptions,
  get: (name: string) => string | undefined,
): ShellCommand[] {
  const reader: Reader = {
    commands: [],
    functions: new Map(),
    scope: {
      variables: variablesOver({ get }),
      positional: options.positional,
      budget: options.budget ?? { left: mostExpanded },
    },
    errexit: options.errexit ?? false,
    pipefail: options.pipefail ?? false,
    depth: 0,
    visit,
  };
  visit.script(source, reader, {
    conditional: false,
    ignored: false,
    exits: false,
    tested: false,
    last: true,
    background: false,
  });
  const uncalled: Flow = {
    conditional: true,
    ignored: false,
    exits: false,
    tested: false,
    last: false,
    background: false,
  };
  for (const { node, source, called } of reader.functions.values()) {
    if (!called) visit.body(node.body, source, reader, uncalled);
  }
  return reader.commands;
}

/** The commands of a script file; none if its first line names an interpreter that is not a shell. */
export function readScriptFile(text: string, options: ShellOptions = {}): readonly ShellCommand[] {
  const flags = shellOfShebang(text);
  return flags === undefined
    ? []
    : readCommands(plainText(text.replace(/\r\n/g, " \n")), { errexit: flags, ...options });
}
