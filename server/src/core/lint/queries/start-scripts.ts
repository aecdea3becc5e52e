import type { Span } from "../../base/text";
import { entryScript } from "../../image/entry-script";
import type { Program } from "../../image/image";
import type { ImageSubject } from "../../project/subject";
import { readCommands, readScriptFile } from "../../shell/commands";
import { isShell, scriptArgument, scriptOperand } from "../../shell/interpreter";
import { plainText } from "../../shell/mapped-text";
import type { ShellCommand } from "../../shell/reader";
import { type ScriptFile, scriptFile } from "./entry-file";

/**
 * A script that an image runs when it starts: the one in CMD or ENTRYPOINT, or a file that CMD or ENTRYPOINT starts.
 */
export interface StartScript {
  /** The path of the file, or the keyword of the instruction. */
  readonly name: string;
  /** Where the Dockerfile starts the script. */
  readonly span: Span;
  readonly commands: readonly ShellCommand[];
  /** The path of the file in the build context, if it is there. */
  readonly path?: string;
  /** The script in the instruction; undefined for a file. */
  readonly inline?: string;
  /** The file, if it contains the script as one unchanged piece. */
  readonly file?: ScriptFile;
}

/** The readable scripts that an image runs when it starts. */
export function startScripts(subject: ImageSubject): readonly StartScript[] {
  const { entrypoint, cmd } = subject.image;
  const given = cmd?.form === "exec" ? wordsOf(cmd) : [];
  return [
    ...(entrypoint ? scriptsOf(entrypoint, given, subject) : []),
    ...(cmd ? scriptsOf(cmd, [], subject) : []),
  ];
}

/** All commands of the scripts that an image runs when it starts. */
export function startCommands(subject: ImageSubject): readonly ShellCommand[] {
  return startScripts(subject).flatMap(({ commands }) => commands);
}

/** The script of a program in shell form or of `sh -c`. */
function inlineScript(program: Program): string | undefined {
  if (program.form === "shell") return isShell(program.shell[0]) ? program.script : undefined;
  const words = wordsOf(program);
  const at = isShell(words[0]) ? scriptArgument(words) : undefined;
  return at === undefined ? undefined : words[at];
}

/**
 * The scripts of a program: the program itself, or those that it starts. `given` are the words that follow the
 * program's own.
 */
function scriptsOf(program: Program, given: readonly string[], subject: ImageSubject): StartScript[] {
  const inline = inlineScript(program);
  if (inline === undefined) {
    const words = wordsOf(program);
    const place = program.words[operandIn(words)];
    return fileScripts([...words, ...given], place?.span ?? program.span, subject);
  }
  const commands = readCommands(plainText(inline), { variables: variablesOf(subject) });
  const { keyword } = program.instruction;
  return [
    { name: keyword, span: program.span, commands, inline },
    ...commands.flatMap(({ words }) =>
      fileScripts(
        words.filter((word) => word !== undefined),
        program.span,
        subject,
      ),
    ),
  ];
}

/** A script file that is started by its path or passed to a shell. */
function fileScripts(words: readonly string[], span: Span, subject: ImageSubject): StartScript[] {
  const { image, readFile } = subject;
  const at = operandIn(words);
  const word = words[at];
  const script = word === undefined ? undefined : entryScript(image, word, readFile);
  if (word === undefined || !script || script === "missing") return [];
  const variables = variablesOf(subject);
  const commands = readScriptFile(script.text, { positional: words.slice(at + 1), variables });
  const { path } = script;
  return [{ name: path ?? word, span, commands, path, file: scriptFile(subject, { path, name: word }) }];
}

/** The index of the word that names the script file. */
function operandIn(words: readonly string[]): number {
  return isShell(words[0]) ? (scriptOperand(words, 1) ?? 0) : 0;
}

function wordsOf({ words }: Program): string[] {
  return words.map(({ value }) => value);
}

function variablesOf({ image: { env } }: ImageSubject): ReadonlyMap<string, string | undefined> {
  return new Map([...env].map(([name, { value }]) => [name, value]));
}
