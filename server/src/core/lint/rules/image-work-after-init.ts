import { isInitPath, otherInit } from "../../image/init";
import { programOf } from "../../image/programs";
import { enabledUnits } from "../../image/units";
import type { ImageSubject } from "../../project/subject";
import type { ShellCommand } from "../../shell/reader";
import type { ScriptFile } from "../queries/entry-file";
import { editFix } from "../queries/fixes";
import { isIdleList } from "../queries/idle-image";
import { allEnd, restOfScript, worksBeforeBoot } from "../queries/rest-of-script";
import { startScripts } from "../queries/start-scripts";
import { onlyStarts } from "../queries/systemctl";
import { scriptUnit, shellUnit } from "../queries/unit-after-boot";
import { type FileEdit, type Fix, imageRule, type SayOf } from "../rule";

const messages = {
  background:
    "{script} starts init in the background, so it is not PID 1 and systemd never boots. End with exec init, and run the rest in a unit.",
  after:
    "{script} never runs {command}: exec has replaced the shell with init. Move it before exec or into a unit.",
  here: "init is started here",
} as const;

const fixes = {
  exec: "Start init with exec",
  enable: "Enable {units} in the image",
  move: "Move the remaining commands before exec",
  unit: "Move the remaining commands to a new unit {name} that runs after the boot",
} as const;

type Say = SayOf<typeof messages & typeof fixes>;

export const imageWorkAfterInit = imageRule({
  id: "image-work-after-init",
  title: "Use units for commands that must run after boot",
  severity: "warning",
  always: true,
  why: `
    systemd boots only as PID 1, so the script that the engine starts must end with \`exec /sbin/init\`, which
    replaces the shell. Nothing in the script runs after that. With \`/sbin/init &\` the shell stays PID 1 and
    continues. init is then not PID 1, so it acts as \`telinit\` and exits.

    Put commands that prepare the boot before \`exec\`, in the background if they must keep running (\`journalctl -f
    &\`). Put commands that need the booted system into a unit: \`After=\` lists the units that it waits for, and
    \`systemctl enable\` in the Dockerfile makes it start at boot. Enable services instead of running \`systemctl
    start\` or \`service NAME start\`.
  `,
  consequence: "systemd does not boot, or the commands never run.",
  symptoms: ["no-effect"],
  ignore: "If the commands are meant to run only when exec fails, you can disable this rule.",
  evidence: {
    measured:
      'Docker 28.5, cgroup v2, systemd 252: with a script that runs "/sbin/init &", systemd does not boot: init acts as ' +
      'telinit, and systemctl reports "System has not been booted". With a script that starts journalctl -f in the ' +
      "background before exec /sbin/init, systemd boots, and the container stops in 0.2 s.",
  },
  sources: ["POSIX, Shell Command Language, exec"],
  messages,
  fixes,
  *check(subject, say) {
    if (otherInit(subject.image, "/sbin/init") !== undefined) return;
    for (const { name, span, commands, path, file, inline } of startScripts(subject)) {
      const init = commands.findLast(startsInit);
      if (!init) continue;
      const after = init.background ? commandsAfter(commands, init) : neverRun(commands, init);
      const [first] = after;
      if (!first && !init.background) continue;
      const place = file && { start: file.offset + init.span.start, end: file.offset + init.span.end };
      const command = first?.words.map((word) => word ?? "…").join(" ") ?? "";
      yield {
        span,
        message: init.background
          ? say("background", { script: name })
          : say("after", { script: name, command: shortened(command) }),
        related: file && place ? [{ uri: file.uri, span: place, message: say("here") }] : [],
        fixes: file
          ? fixesOfFile(subject, { ...file, path }, init, after, say)
          : [inline === undefined ? undefined : programFix(subject, inline, commands, init, say)],
      };
    }
  },
});

function startsInit({ words: [name, ...args], conditional, exec, background }: ShellCommand): boolean {
  if (!isInitPath(name) || args.some((word) => /^--(version|help|test|user)$/.test(word ?? ""))) return false;
  return background || (exec && !conditional);
}

/** The commands after `exec` of init; none if they only report that `exec` failed. */
function neverRun(commands: readonly ShellCommand[], init: ShellCommand): readonly ShellCommand[] {
  if (!init.exec) return [];
  const after = commandsAfter(commands, init);
  return after.every((command) => /^(echo|printf|exit|return|true|false|:|sleep|)$/.test(programOf(command)))
    ? []
    : after;
}

/**
 * The commands after init. Functions that are never called are listed last, as conditional commands; those above init
 * do not count.
 */
function commandsAfter(commands: readonly ShellCommand[], init: ShellCommand): readonly ShellCommand[] {
  return commands
    .slice(commands.indexOf(init) + 1)
    .filter(({ span, conditional }) => !conditional || span.start >= init.span.end);
}

/** Makes the script end in init, with the lines after it moved above it or into a unit. */
function fixesOfFile(
  subject: ImageSubject,
  file: ScriptFile & { readonly path?: string },
  init: ShellCommand,
  after: readonly ShellCommand[],
  say: Say,
): (Fix | undefined)[] {
  const rest = restOfScript(file, init, after);
  if (!rest) return [];
  const { text, commands, standsAlone } = rest;
  if (commands.length === 0) return [{ title: say("exec"), safe: false, edits: rest.endsInInit("") }];
  const enable = enableFix(subject, commands, rest.endsInInit(""), say);
  if (enable) return [enable];
  // A server that is started in the foreground never lets the script continue.
  const reached = !init.background || allEnd(commands);
  const move: Fix | undefined =
    reached && worksBeforeBoot(commands)
      ? { title: say("move"), safe: false, edits: rest.endsInInit(text) }
      : undefined;
  const { path = "" } = file;
  const directory = path.slice(0, path.lastIndexOf("/") + 1);
  const added = standsAlone ? scriptUnit(subject, file, text, directory) : undefined;
  const unit = added && {
    title: say("unit", { name: added.name }),
    safe: false,
    edits: [...rest.endsInInit(""), ...added.edits],
  };
  return [move, unit];
}

/**
 * Enables the services that the remaining commands start, if these do nothing else. `edits` make the script start
 * only init.
 */
function enableFix(
  { uri, image }: ImageSubject,
  rest: readonly ShellCommand[],
  edits: readonly FileEdit[],
  say: Say,
): Fix | undefined {
  const units = onlyStarts(rest);
  if (units.length === 0) return undefined;
  const enabled = new Set(enabledUnits(image));
  const missing = units.filter((unit) => !enabled.has(unit)).join(" ");
  const added = missing === "" ? [] : image.edit.insert(`RUN systemctl enable ${missing}`, "before-program");
  return {
    title: say("enable", { units: units.join(" ") }),
    safe: false,
    edits: [...edits, ...added.map((edit) => ({ ...edit, uri }))],
  };
}

/**
 * Starts init directly instead of a script in CMD or ENTRYPOINT, and moves the remaining commands of the script into
 * a unit.
 */
function programFix(
  subject: ImageSubject,
  text: string,
  commands: readonly ShellCommand[],
  init: ShellCommand,
  say: Say,
): Fix | undefined {
  const { entrypoint, cmd, from, edit } = subject.image;
  const program = entrypoint ?? cmd;
  if (!program || (entrypoint && cmd) || commands[0] !== init) return undefined;
  if (program.instruction.stage !== from.stage || text.slice(0, init.span.start).trim() !== "")
    return undefined;
  const words = init.words.filter((word) => word !== undefined);
  const rest = text.slice(init.span.end).replace(/^\s*(&&?|;|\n)\s*/, "");
  const start = edit.setProgram(entrypoint ? "ENTRYPOINT" : "CMD", words);
  if (commands.slice(1).every((command) => programOf(command) === "wait" || isIdleList(wordsOf(command))))
    return editFix(start, say("exec"), false);
  const enable = enableFix(subject, commands.slice(1), start, say);
  if (enable) return enable;
  const added = shellUnit(subject, rest);
  return (
    added && { title: say("unit", { name: added.name }), safe: false, edits: [...start, ...added.edits] }
  );
}

function wordsOf({ words }: ShellCommand): string[] {
  return words.map((word) => word ?? "?");
}

function shortened(command: string): string {
  return command.length > 40 ? `${command.slice(0, 40)}…` : command;
}
