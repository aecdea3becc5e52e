import { isRoot } from "../../container/user";
import { entryScript } from "../../image/entry-script";
import type { Image } from "../../image/image";
import { readCommands, readScriptFile } from "../../shell/commands";
import { isShell, scriptArgument } from "../../shell/interpreter";
import { plainText } from "../../shell/mapped-text";
import type { ShellCommand } from "../../shell/reader";
import { idleCommand } from "./idle-image";
import { onlyStarts, serviceStart } from "./systemctl";

/** A unit that runs a program of an image. */
export interface ProgramUnit {
  readonly name: string;
  readonly text: string;
}

/** The first version of systemd that supports Type=exec (systemd.service(5)). */
const knowsExec = 240;

/** Programs that exit when their work is done. */
const ending =
  /^(true|echo|printf|cat|mkdir|chown|chmod|cp|mv|ln|rm|sed|awk|grep|touch|useradd|groupadd|usermod|chpasswd|passwd|install|export|cd|test|\[|date|sysctl|ssh-keygen|openssl|update-ca-certificates|update-ca-trust|ldconfig|hostname|id|ls|env|set|sleep|wait|service|systemctl|apt-get|apt|dnf|yum)$/;

/** Variables that concern the build or the container rather than the program. */
const notHandedOn = /^(container|DEBIAN_FRONTEND|TERM|HOME|LANG|LC_\w+)$/;

/**
 * The unit that runs the arguments of PID 1 as a program, with the directory, user, variables and PATH that the
 * container would give the program but that a service does not get by default.
 */
export function unitOfProgram(
  image: Image,
  words: readonly string[],
  readFile: (path: string) => string | undefined,
): ProgramUnit {
  const [first = "", ...args] = words;
  const program = first.replace(/^[;&|]+/, "");
  const read = programText(image, [program, ...args], readFile);
  const named =
    isShell(program) && read.source !== undefined ? (read.commands[0]?.words[0] ?? program) : program;
  return namedUnit(image, named, [program, ...args], read);
}

/**
 * The unit that runs a line of a start script. `commands` are the commands of the line; `words` is the command line
 * for ExecStart=.
 */
export function unitOfLine(
  image: Image,
  words: readonly string[],
  commands: readonly ShellCommand[],
): ProgramUnit {
  return namedUnit(image, commands[0]?.words[0] ?? "", words, { commands });
}

function namedUnit(image: Image, named: string, words: readonly string[], read: ReadProgram): ProgramUnit {
  const short = named
    .replace(/^.*\//, "")
    .replace(/\.\w+$/, "")
    .replace(/[^\w-]+/g, "-");
  const unit = [`Description=${short || "The container's program"}`];
  return { name: `run-${short || "program"}.service`, text: textOf(image, words, read, unit) };
}

/**
 * The unit that runs the remaining part of a start script, which needs the booted system. `words` is the command line
 * for ExecStart=.
 */
export function unitAfterBoot(image: Image, words: readonly string[], source: string): ProgramUnit {
  const read = { source, commands: readScriptFile(source) };
  const unit = ["Description=Commands after the boot", "After=multi-user.target"];
  return { name: "after-boot.service", text: textOf(image, words, read, unit) };
}

/** What is known about a program: the content of its script, and the commands in it. */
interface ReadProgram {
  readonly source?: string;
  readonly commands: readonly ShellCommand[];
}

function textOf(
  image: Image,
  [program = "", ...args]: readonly string[],
  { source, commands }: ReadProgram,
  unit: readonly string[],
): string {
  const ends = commands.length > 0 && commands.every(isEnding);
  const version = image.base?.systemdVersion;
  const kind = ends
    ? ["Type=oneshot", "RemainAfterExit=yes", "TimeoutStartSec=5min"]
    : [`Type=${version !== undefined && version < knowsExec ? "simple" : "exec"}`, "Restart=on-failure"];
  const directory = directoryOf(image);
  const user = image.user?.value;
  const passed = [...image.env]
    .filter(([name, { span }]) => span !== undefined && !notHandedOn.test(name))
    .map(([name]) => name)
    .filter((name) => name === "PATH" || source === undefined || source.includes(name));
  return [
    "[Unit]",
    ...unit,
    "",
    "[Service]",
    ...kind,
    `ExecStart=${[...absolute(image, program, directory), ...args].map(quoted).join(" ")}`,
    ...(directory === undefined ? [] : [`WorkingDirectory=${directory.replaceAll("%", "%%")}`]),
    ...(user === undefined || isRoot(user) ? [] : [`User=${user.replace(/:.*/, "")}`]),
    ...(passed.length === 0 ? [] : [`PassEnvironment=${passed.join(" ")}`]),
    "",
    "[Install]",
    "WantedBy=multi-user.target",
    "",
  ].join("\n");
}

/** Units that packages install for their programs: package, program, unit. */
const packaged: readonly (readonly [string, RegExp, string])[] = [
  ["nginx", /^nginx$/, "nginx.service"],
  ["apache2", /^(apache2|apache2ctl|apachectl|apache2-foreground)$/, "apache2.service"],
  ["httpd", /^(httpd|apachectl|httpd-foreground)$/, "httpd.service"],
  ["openssh-server", /^sshd$/, "sshd.service"],
  ["cron", /^cron$/, "cron.service"],
  ["cronie", /^crond$/, "crond.service"],
  ["redis-server", /^redis-server$/, "redis-server.service"],
  ["supervisor", /^supervisord$/, "supervisor.service"],
  ["docker.io", /^dockerd$/, "docker.service"],
  ["docker-ce", /^dockerd$/, "docker.service"],
];

/**
 * The units that already do what a program does, if the image has them: those of the services that it starts, or the
 * unit of its package. Another unit would start the program a second time.
 */
export function unitsFor(
  image: Image,
  words: readonly string[],
  readFile: (path: string) => string | undefined,
): string | undefined {
  const own = packagedUnit(image, words);
  if (own !== undefined) return own;
  const { source, commands } = programText(image, words, readFile);
  const started = onlyStarts(source === undefined ? [{ words, conditional: false }] : commands);
  return started.length === 0 ? undefined : started.join(" ");
}

function packagedUnit({ packages, base }: Image, [program = ""]: readonly string[]): string | undefined {
  const name = program.replace(/^.*\//, "");
  const unit = packaged.find(([from, programs]) => packages.has(from) && programs.test(name))?.[2];
  const debian = base?.family === "debian" || base?.family === "ubuntu";
  return debian && unit === "sshd.service" ? "ssh.service" : unit;
}

/** The readable script of a program: one that is passed to a shell, or a file in the build context. */
function programText(
  image: Image,
  [program = "", ...args]: readonly string[],
  readFile: (path: string) => string | undefined,
): ReadProgram {
  const at = isShell(program) ? scriptArgument(args) : undefined;
  const inline = at === undefined ? undefined : args[at];
  if (inline !== undefined) return { source: inline, commands: readCommands(plainText(inline)) };
  const script = entryScript(image, program, readFile);
  if (!script || script === "missing") return { commands: [] };
  return { source: script.text, commands: readScriptFile(script.text) };
}

/** Whether a command is known to exit. */
export function isEnding(command: ShellCommand): boolean {
  const { words, background } = command;
  const name = words[0]?.replace(/^(\/usr)?\/s?bin\//, "") ?? "";
  if (background || idleCommand(words) !== undefined) return false;
  return ending.test(name) || serviceStart(command) !== undefined;
}

/** The directory that WORKDIR sets; undefined if it is the root directory. */
function directoryOf({ instructions }: Image): string | undefined {
  let directory = "";
  for (const { keyword, arguments: path } of instructions) {
    if (keyword !== "WORKDIR" || path.includes("$")) continue;
    directory = path.startsWith("/") ? path : `${directory}/${path}`;
  }
  return /^\/*$/.test(directory) ? undefined : directory;
}

/**
 * The program with an absolute path, as ExecStart= requires; `env` starts a program that must be looked up in PATH.
 */
function absolute({ copies }: Image, program: string, directory = ""): string[] {
  if (program.startsWith("/")) return [program];
  if (program.includes("/")) return [`${directory}/${program.replace(/^\.\//, "")}`];
  const copied = copies.find(
    ({ destination }) => /^\/.*bin\//.test(destination) && destination.endsWith(`/${program}`),
  );
  return copied ? [copied.destination] : ["/usr/bin/env", program];
}

/** A word of ExecStart=, escaped so that nothing in it is expanded (systemd.service(5), COMMAND LINES). */
function quoted(word: string): string {
  const escaped = word
    .replaceAll("%", "%%")
    .replaceAll("$", () => "$$")
    .replaceAll("\n", "\\n");
  if (/^[\w./:=@%+,$-]+$/.test(escaped)) return escaped;
  return `"${escaped.replaceAll("\\", "\\\\").replaceAll("\\\\n", "\\n").replaceAll('"', '\\"')}"`;
}
