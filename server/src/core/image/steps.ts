import type { Budget } from "../base/limits";
import { computing, once } from "../base/once";
import { placed, readCommands, readKept, type Script, type ShellOptions } from "../shell/commands";
import { isShell, scriptArgument } from "../shell/interpreter";
import { plainText, sliceText, textBuilder } from "../shell/mapped-text";
import type { ShellCommand } from "../shell/reader";
import { type Flag, jsonStrings, plainWords, readFlags } from "./arguments";
import { expand, type Lookup } from "./expand";
import type { Command, CopyInstruction, Instruction, Placed, Program, RunInstruction } from "./image";

/** The context needed to read one instruction. */
export interface Context {
  readonly lookup: Lookup;
  readonly escapeChar: string;
  readonly shell: readonly string[];
  /** How many more characters the expansion of variables may add to the words of the file. */
  readonly budget: Budget;
  /** The variables that are visible to a RUN. */
  readonly variables: { get(name: string): string | undefined };
}

/** Adds details to a RUN, COPY or ADD instruction. Other instructions are returned unchanged. */
export function readStep(instruction: Instruction, context: () => Context): Instruction {
  if (instruction.keyword === "RUN") return readRun(instruction, context());
  if (instruction.keyword === "COPY" || instruction.keyword === "ADD")
    return readCopy(instruction, context());
  return instruction;
}

const withScript = computing<Pick<RunInstruction, "commands" | "script">>(["commands", "script"]);

/** A RUN with its mounts; its commands are read on first use. */
function readRun(instruction: Instruction, context: Context): RunInstruction {
  const { flags, rest } = readFlags(instruction.body, context.escapeChar);
  const script = once(() => scriptOfRun(instruction, rest, context));
  const made: Command[] = [];
  const commandAt = (index: number): Command => {
    const command = made[index] ?? { run, ...placed(script().commands[index] as ShellCommand, script()) };
    made[index] = command;
    return command;
  };
  const all = once(() => script().commands.map((_, index) => commandAt(index)));
  const known = {
    mounts: flags.filter(({ name }) => name === "mount").map((flag) => readMount(flag, context)),
    commandsAt: (indices: readonly number[]) => indices.map(commandAt),
    ...instruction,
  };
  const run: RunInstruction = withScript(known, { commands: all, script: () => script().commands });
  return run;
}

/** Reads `type=bind,target=/x` after variables are expanded. */
function readMount(
  { value, span }: Flag,
  { lookup, escapeChar }: Context,
): Placed<Readonly<Record<string, string>>> {
  const options: Record<string, string> = {};
  for (const item of value.split(",")) {
    const [name = "", ...words] = item.split("=");
    const written = words.join("=");
    if (name !== "") options[name.trim().toLowerCase()] = expand(written, lookup, escapeChar) ?? written;
  }
  return { value: options, span };
}

function scriptOfRun(instruction: Instruction, rest: number, context: Context): Script {
  const { shell, variables, budget } = context;
  const list = jsonStrings(instruction.body, rest);
  if (list) return execCommands(instruction, list, context);
  if (!isShell(shell[0])) return { commands: [], place: 0 };
  return readKept(scriptOf(instruction, rest), { variables, budget, ...optionsOf(shell.slice(1)) });
}

/** The shell options that SHELL sets: `["/bin/bash", "-euo", "pipefail", "-c"]`. */
function optionsOf(words: readonly string[]): ShellOptions {
  return {
    errexit: words.some((word) => /^-\w*e/.test(word)) || words.includes("errexit"),
    pipefail: words.includes("pipefail"),
  };
}

/** The script of a RUN in shell form: the joined line, followed by the heredocs as a shell reads them. */
function scriptOf({ body, heredocs }: Instruction, rest: number) {
  const head = sliceText(body, rest);
  if (heredocs.length === 0) return head;
  const builder = textBuilder();
  head.pieces.forEach((piece, index) => {
    const text = head.text.slice(piece.at, head.pieces[index + 1]?.at ?? head.text.length);
    builder.copy(text, piece.source);
  });
  for (const { name, body, span } of heredocs) {
    let at = span.start;
    for (const line of body === "" ? [] : body.replace(/\n$/, "").split("\n")) {
      builder.replace("\n", { start: at, end: at });
      builder.copy(line.replace(/\r$/, ""), at);
      at += line.length + 1;
    }
    builder.replace(`\n${name}`, { start: span.end, end: span.end });
  }
  return builder.build();
}

/** A RUN in exec form: one command that no shell parses, unless the command itself is a shell with a script. */
function execCommands(
  { span }: Instruction,
  list: readonly Placed<string>[],
  { variables, budget }: Pick<Context, "variables" | "budget">,
): Script {
  if (list.length === 0) return { commands: [], place: 0 };
  const [name, ...args] = list;
  const at = scriptArgument(args.map(({ value }) => value));
  const script = at === undefined ? undefined : args[at];
  if (isShell(name?.value) && script) {
    const text = {
      ...plainText(script.value),
      pieces: [{ at: 0, source: script.span.start, standsFor: script.span.end - script.span.start }],
    };
    return readKept(text, {
      variables,
      budget,
      ...optionsOf(args.slice(0, at).map(({ value }) => value)),
    });
  }
  const command = {
    words: list.map(({ value }) => value),
    wordSpans: list.map((word) => word.span),
    span,
    failureIgnored: false,
    last: true,
    conditional: false,
    exec: true,
    background: false,
    environment: new Map(),
    redirections: [],
  };
  return { commands: [command], place: 0 };
}

/** Reads a CMD or ENTRYPOINT. */
export function readProgram(instruction: Instruction, { shell }: Context): Program {
  const { body, argumentsSpan } = instruction;
  const list = jsonStrings(body);
  const common = { shell, span: argumentsSpan, instruction };
  if (list) return { form: "exec", words: list, ...common };
  return { form: "shell", words: plainCommand(instruction), script: body.text, ...common };
}

/** The words of a shell form that is one plain command; empty if a shell would do more than start it. */
function plainCommand({ body }: Instruction): Placed<string>[] {
  const commands = readCommands(body);
  const [command] = commands;
  if (!command || commands.length > 1 || command.conditional || command.failureIgnored) return [];
  if (command.redirections.length > 0 || command.environment.size > 0) return [];
  const words = command.words.map((value, index) => ({
    value,
    span: command.wordSpans[index] ?? command.span,
  }));
  return words.every((word): word is Placed<string> => word.value !== undefined) ? words : [];
}

/** Reads a COPY or ADD. */
export function readCopy(instruction: Instruction, { lookup, escapeChar }: Context): CopyInstruction {
  const { body } = instruction;
  const { flags, rest } = readFlags(body, escapeChar);
  const words =
    jsonStrings(body, rest)?.map(({ value }) => value) ?? plainWords(body, rest).map(({ value }) => value);
  const paths = words
    .filter((word) => !/^\d*<</.test(word))
    .map((word) => expand(word, lookup, escapeChar) ?? word);
  return {
    sources: paths.slice(0, -1),
    destination: paths.at(-1) ?? "",
    fromStage: flags.find(({ name }) => name === "from")?.value,
    ...instruction,
  };
}

/** The entries of VOLUME or EXPOSE, each with its span. */
export function readEntries({ body }: Instruction, { lookup, escapeChar }: Context): Placed<string>[] {
  const words = jsonStrings(body) ?? plainWords(body);
  return words.map(({ value, span }) => ({ value: expand(value, lookup, escapeChar) ?? value, span }));
}

/** Whether a HEALTHCHECK is `NONE`; flags before it have no effect. */
export function isNone({ body }: Instruction, escapeChar: string): boolean {
  return /^\s*none$/i.test(body.text.slice(readFlags(body, escapeChar).rest));
}
