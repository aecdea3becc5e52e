import { equalsRoot, readGrant } from "../../core/least/grants";
import type { BootAsked } from "../boot-asked";
import { bootTexts } from "../boot-texts";
import type { Command } from "../command";
import { difference } from "../difference";
import type { ExitCode } from "../exit-code";
import { formatOption, renderer } from "../formats/table";
import { type Arguments, kindOption, type Options, UsageError } from "../input/options";
import { writeInPlace } from "../input/write";
import type { LeastAsked } from "../least-asked";
import { leastTexts } from "../least-texts";
import type { Terminal } from "../terminal";
import { texts } from "../texts";

/** The default time limit of a boot in seconds, including the build and the cleanup. */
const usualTimeout = 300;

/** The default time limit of a search, which boots up to 40 times. */
const usualSearch = 3600;

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
  minimise: { type: "boolean" },
  allow: { type: "string", value: "GRANT", multiple: true },
  write: { type: "boolean" },
  kind: kindOption,
} as const satisfies Options;

/**
 * `boot`: builds, boots, checks, stops and removes a container. Exits with code 1 if the boot is not as expected, and
 * with 3 if there is no engine.
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
${usualTimeout}) includes the build. --exec runs a shell command in the container. --minimise boots repeatedly,
at most 40 times, to find the smallest set of capabilities, devices and other grants with which the units
start and the checks pass. --allow GRANT permits one that is equivalent to root on the host, such as
SYS_ADMIN; --write writes the result into the file.
`,
  run: bootNamed,
};

async function bootNamed(line: Arguments<typeof options>, terminal: Terminal): Promise<ExitCode> {
  if (line.values.minimise) return minimise(leastAskedBy(line), line.values.format, terminal);
  for (const option of ["allow", "write"] as const)
    if (line.values[option] !== undefined) throw new UsageError(leastTexts.only(option));
  const asked = askedBy(line);
  const output = renderer("boot", line.values.format);
  if (!terminal.boot) throw new Error("This terminal has no boot program.");
  const { code, row } = await terminal.boot(asked, { cwd: terminal.cwd, err: terminal.err });
  if (row) terminal.out(output(row));
  return code;
}

async function minimise(
  asked: LeastAsked,
  format: string | undefined,
  terminal: Terminal,
): Promise<ExitCode> {
  const output = renderer("least", format);
  if (!terminal.least) throw new Error("This terminal has no boot program.");
  const { code, row, change } = await terminal.least(asked, { cwd: terminal.cwd, err: terminal.err });
  if (!row) return code;
  const isChanged = change !== undefined && change.text !== change.file.text;
  if (!isChanged) {
    terminal.out(output(row));
    return code;
  }
  const diff = difference(change.file, change.text);
  const why = asked.write ? writeInPlace(change.file, change.text) : undefined;
  if (why) terminal.err(`${change.file.name}: ${texts.notWritten(why)}\n`);
  terminal.out(output({ ...row, diff, written: asked.write && why === undefined }));
  return why === undefined ? code : 2;
}

function leastAskedBy(line: Arguments<typeof options>): LeastAsked {
  const { values } = line;
  for (const option of ["wait-unit", "restart", "keep"] as const)
    if (values[option] !== undefined) throw new UsageError(leastTexts.alone(option));
  if (values.format === "junit") throw new UsageError(leastTexts.alone("format junit"));
  const { what, kind, engine, seconds, expectActive, allowFailed, exec } = askedBy(line, usualSearch);
  const allow = (values.allow ?? []).map(readGrant);
  const unknown = allow.find((grant) => !equalsRoot(grant));
  if (unknown !== undefined) throw new UsageError(leastTexts.grant(unknown));
  const write = values.write === true;
  return { what, kind, engine, seconds, expectActive, allowFailed, exec, allow, write };
}

function askedBy(
  { values, paths: [what, ...more] }: Arguments<typeof options>,
  usual = usualTimeout,
): BootAsked {
  if (what === undefined || more.length > 0) throw new UsageError(bootTexts.needsOne);
  const seconds = values.timeout === undefined ? usual : Number(values.timeout);
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
