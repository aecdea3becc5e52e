import { entryScript } from "../../image/entry-script";
import type { Program } from "../../image/image";
import type { ImageSubject } from "../../project/subject";
import { readCommands, readScriptFile } from "../../shell/commands";
import { isShell, scriptArgument, scriptOperand } from "../../shell/interpreter";
import { plainText } from "../../shell/mapped-text";
import type { ShellCommand } from "../../shell/reader";

/** The commands that an image runs when it starts, if they can be read: in CMD, ENTRYPOINT or a script. */
export function startCommands(subject: ImageSubject): readonly ShellCommand[] {
  const { entrypoint, cmd } = subject.image;
  return [entrypoint, cmd].flatMap((program) => (program ? commandsOf(program, subject) : []));
}

type Files = Pick<ImageSubject, "image" | "readFile">;

function commandsOf({ script, words }: Program, files: Files): readonly ShellCommand[] {
  const values = words.map(({ value }) => value);
  const at = isShell(values[0]) ? scriptArgument(values) : undefined;
  const given = script ?? (at === undefined ? undefined : values[at]);
  if (given === undefined) return commandsOfFile(values, files);
  return readCommands(plainText(given)).flatMap((command) => [
    command,
    ...commandsOfFile(
      command.words.filter((word) => word !== undefined),
      files,
    ),
  ]);
}

/** The commands of a script that is started by its path or passed to a shell. */
function commandsOfFile(words: readonly string[], { image, readFile }: Files): readonly ShellCommand[] {
  const at = isShell(words[0]) ? (scriptOperand(words, 1) ?? 0) : 0;
  const file = words[at] === undefined ? undefined : entryScript(image, words[at], readFile);
  return file && file !== "missing" ? readScriptFile(file.text, { positional: words.slice(at + 1) }) : [];
}
