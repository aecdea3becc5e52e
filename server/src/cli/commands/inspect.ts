import { inspectTexts } from "../boot-texts";
import type { Command } from "../command";
import type { ExitCode } from "../exit-code";
import { formatOption, renderer } from "../formats/table";
import { isPath, readNamed } from "../input/named";
import { type Arguments, kindOption, type Options, UsageError } from "../input/options";
import { referencesIn } from "../input/references";
import type { Terminal } from "../terminal";

const options = {
  format: formatOption("inspect"),
  engine: { type: "string", value: "ENDPOINT" },
  kind: kindOption,
} as const satisfies Options;

/**
 * `inspect`: shows what is in images that the engine has. Exits with code 1 if the engine has none of them, and with 3
 * if there is no engine.
 */
export const inspect: Command<typeof options> = {
  name: "inspect",
  options,
  usage: "PATH|IMAGE",
  withoutTarget: true,
  about: `\
inspect shows how systemd would boot from one of the engine's local images, or from the images that a file names.
It reads the files of a container that it creates, never starts, and removes. Nothing is pulled.
`,
  run: inspectNamed,
};

async function inspectNamed(
  { values, paths: [what, ...more] }: Arguments<typeof options>,
  terminal: Terminal,
): Promise<ExitCode> {
  if (what === undefined || more.length > 0) throw new UsageError(inspectTexts.needsOne);
  const output = renderer("inspect", values.format);
  const references = referencesOf(what, values.kind, terminal);
  if (!references) return 2;
  if (!terminal.inspect) throw new Error("This terminal has no inspect program.");
  const asked = { references, engine: values.engine };
  const result = await terminal.inspect(asked, { cwd: terminal.cwd, err: terminal.err });
  if (result.code === 3) return 3;
  terminal.out(output(result));
  return result.code;
}

/** The images that the argument refers to. Returns undefined, after printing why, if a file cannot be read. */
function referencesOf(
  what: string,
  kind: Arguments<typeof options>["values"]["kind"],
  terminal: Terminal,
): readonly string[] | undefined {
  if (!isPath(what, terminal)) return [what];
  const named = readNamed(what, kind, terminal);
  return named && referencesIn(named.file, named);
}
