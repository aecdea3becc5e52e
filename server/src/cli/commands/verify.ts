import type { Command } from "../command";
import type { ExitCode } from "../exit-code";
import { formatOption, renderer } from "../formats/table";
import { type Arguments, kindOption, type Options, UsageError } from "../input/options";
import type { Terminal } from "../terminal";
import { verifyTexts } from "../verify-texts";

const options = {
  format: formatOption("verify"),
  engine: { type: "string", value: "ENDPOINT" },
  kind: kindOption,
} as const satisfies Options;

/**
 * `verify`: has an image's systemd verify the units added to it. Exits with code 1 on findings, and with 3 if there is
 * no engine.
 */
export const verify: Command<typeof options> = {
  name: "verify",
  options,
  usage: "PATH[#SERVICE]|IMAGE",
  withoutTarget: true,
  about: `\
verify builds the image as boot does, runs the image's own systemd-analyze verify on its units in a container
without network or privileges, and removes everything that it created.
`,
  run: verifyNamed,
};

async function verifyNamed(
  { values, paths: [what, ...more] }: Arguments<typeof options>,
  terminal: Terminal,
): Promise<ExitCode> {
  if (what === undefined || more.length > 0) throw new UsageError(verifyTexts.needsOne);
  const output = renderer("verify", values.format);
  if (!terminal.verify) throw new Error("This terminal has no verify program.");
  const asked = { what, kind: values.kind, engine: values.engine };
  const { code, row } = await terminal.verify(asked, { cwd: terminal.cwd, err: terminal.err });
  if (row) terminal.out(output(row));
  return code;
}
