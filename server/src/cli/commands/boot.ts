import type { BootAsked } from "../boot-asked";
import { bootTexts } from "../boot-texts";
import type { Command } from "../command";
import type { ExitCode } from "../exit-code";
import { formatOption, renderer } from "../formats/table";
import { type Arguments, kindOption, type Options, UsageError } from "../input/options";
import type { Terminal } from "../terminal";

/** The default time limit of a boot in seconds, including the build and the cleanup. */
const usualTimeout = 300;

const unit = { type: "string", value: "UNIT", multiple: true } as const;

const options = {
  format: formatOption("boot"),
  engine: { type: "string", value: "ENDPOINT" },
  timeout: { type: "string", value: "SECONDS" },
  "wait-unit": unit,
  "expect-active": unit,
  "allow-failed": unit,
  exec: { type: "string", value: "LINE" },
  restart: { type: "boolean" },
  keep: { type: "boolean" },
  kind: kindOption,
} as const satisfies Options;

/**
 * `boot`: builds, boots, checks, stops and removes a container. Exits with 1 if the boot is not as expected, and 3
 * without an engine.
 */
export const boot: Command<typeof options> = {
  name: "boot",
  options,
  usage: "PATH[#SERVICE]|IMAGE",
  withoutTarget: true,
  about: `\
boot builds the image, starts it as plan does, waits until systemd has booted, runs the checks, stops the
container, and removes everything that it created. ENDPOINT is an address such as
unix:///run/podman/podman.sock; the default is DOCKER_HOST, or the engine of this host. --timeout (default:
${usualTimeout}) includes the build. --exec runs a line in the container.
`,
  run: bootNamed,
};

async function bootNamed(line: Arguments<typeof options>, terminal: Terminal): Promise<ExitCode> {
  const asked = askedBy(line);
  const output = renderer("boot", line.values.format);
  if (!terminal.boot) throw new Error("This terminal has no program that boots.");
  const { code, row } = await terminal.boot(asked, { cwd: terminal.cwd, err: terminal.err });
  if (row) terminal.out(output(row));
  return code;
}

function askedBy({ values, paths: [what, ...more] }: Arguments<typeof options>): BootAsked {
  if (what === undefined || more.length > 0) throw new UsageError(bootTexts.needsOne);
  const seconds = values.timeout === undefined ? usualTimeout : Number(values.timeout);
  if (!(seconds >= 1 && seconds <= 86_400)) throw new UsageError(bootTexts.timeout);
  const units = (option: "wait-unit" | "expect-active" | "allow-failed") =>
    (values[option] ?? []).map((name) => {
      if (name === "") throw new UsageError(bootTexts.unit(option));
      return name.includes(".") ? name : `${name}.service`;
    });
  return {
    what,
    kind: values.kind,
    engine: values.engine,
    seconds,
    waitFor: units("wait-unit"),
    expectActive: units("expect-active"),
    allowFailed: units("allow-failed"),
    exec: values.exec,
    restart: values.restart === true,
    keep: values.keep === true,
  };
}
