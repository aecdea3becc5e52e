import { type Edit, overlap } from "../../base/text";
import type { Image, Instruction, Program } from "../../image/image";
import type { ImageSubject } from "../../project/subject";
import { createdFiles, installLines, isThere, startingUnits } from "../queries/starting-units";
import {
  argvOf,
  cmdWords,
  placeIn,
  readsCommandLine,
  shown,
  type Unread,
  unreadBehind,
} from "../queries/unread-words";
import { type FileEdit, type Fix, imageRule, type SayOf } from "../rule";

const messages = {
  program: "{words} never runs: {init} ignores this argument. Start it from a unit.",
  shell: "{words} never runs: the shell that starts init ignores it. Start it from a unit.",
  option: "systemd does not support the option {words} and ignores all options after it. Remove it.",
  query: "{words} makes PID 1 exit with code 255 instead of booting. Remove it.",
} as const;

const fixes = {
  enable: "Replace CMD with RUN systemctl enable {name}",
  unit: "Replace CMD with a new unit, {name}",
  remove: "Remove {words} (no change in behavior)",
} as const;

type Say = SayOf<typeof messages & typeof fixes>;

export const imageIgnoredCommand = imageRule({
  id: "image-ignored-command",
  title: "Run programs as units, not as arguments to init",
  severity: "warning",
  always: true,
  why: `
    If ENTRYPOINT is init, CMD is not a program but a list of arguments to init. systemd reads its own options and
    kernel command line parameters, and silently ignores everything else. An image with such an ENTRYPOINT, even one
    inherited from its base image, cannot start a program with CMD. Start the program from a unit that is enabled in
    the image.

    A unit does not inherit the image's WORKDIR, USER and ENV. Set them in the unit.
  `,
  consequence: "systemd boots, but the program never runs.",
  symptoms: ["no-effect", "exit-255"],
  ignore:
    "If a generator or service in the image reads the arguments from `/proc/1/cmdline`, you can disable this rule.",
  evidence: {
    measured:
      'Docker 28.5, cgroup v2, systemd 252: arguments to init such as bash -c "…" are ignored, and so are all options ' +
      "after the first unknown one. --version, --help, --test and --user make PID 1 exit with code 255. Images with the units that " +
      "the fix creates (exec, oneshot, WORKDIR, ENV and quotes) boot, and the system state is running.",
  },
  sources: ["systemd(1)", "kernel-command-line(7)", "systemd.service(5)"],
  messages,
  fixes,
  *check(subject, say) {
    const found = argvOf(subject);
    if (!found) return;
    const { argv, cmd } = found;
    const unread = unreadBehind(argv, cmdWords(cmd));
    if (!unread || readsCommandLine(subject)) return;
    const { kind, init } = unread;
    const words = shown(unread.words);
    yield {
      span: placeIn(cmd, unread.before),
      severity: kind === "query" ? "error" : "warning",
      message: kind === "program" ? say(kind, { words, init }) : say(kind, { words }),
      fixes: [
        kind === "program" || kind === "shell" ? unitFix(subject, cmd, unread, say) : undefined,
        kind === "query" || unread.before > 0 ? undefined : removeFix(subject, cmd, words, say),
      ],
    };
  },
});

/**
 * Replaces CMD with lines that enable the units that start its program; a new unit is created next to the Dockerfile.
 */
function unitFix(subject: ImageSubject, cmd: Program, { words, before }: Unread, say: Say): Fix | undefined {
  if (before > 0 || cmd.instruction.stage !== subject.image.from.stage) return undefined;
  const units = startingUnits(subject, words);
  if (isThere(subject, units)) return undefined;
  const created = createdFiles(subject, units).map(
    ({ uri, text }): FileEdit => ({ uri, create: true, span: { start: 0, end: 0 }, text }),
  );
  const name = units.names.join(" ");
  return {
    title: say(units.file === undefined ? "enable" : "unit", { name }),
    safe: false,
    edits: [...inPlaceOfCommands(subject.image, cmd.instruction, installLines(units)), ...created],
  };
}

/** The edits that replace the last CMD of a stage with the given lines and remove its other CMDs. */
function inPlaceOfCommands(image: Image, last: Instruction, lines: readonly string[]): Edit[] {
  const text = lines.join("\n");
  const before = image.edit.insertBefore(last, text);
  const gone = image.edit.remove(...commandsOf(image));
  // If CMD is the last line of the file and has no line ending, removing it also removes the line ending before it.
  // The new lines would be inserted there, so the edits would overlap.
  if (!before.some((edit) => gone.some(({ span }) => overlap(edit.span, span)))) return [...before, ...gone];
  const whole = { start: last.keywordSpan.start, end: last.argumentsSpan.end };
  const earlier = commandsOf(image).filter((each) => each !== last);
  return [...image.edit.remove(...earlier), ...image.edit.replace(whole, text)];
}

function removeFix(
  { image }: ImageSubject,
  { instruction }: Program,
  words: string,
  say: Say,
): Fix | undefined {
  if (instruction.stage !== image.from.stage) return undefined;
  return { title: say("remove", { words }), safe: false, edits: image.edit.remove(...commandsOf(image)) };
}

/**
 * All CMD instructions of the stage: if only the last one were removed, init would ignore the one before it instead.
 */
function commandsOf({ own }: Image): readonly Instruction[] {
  return own.filter(({ keyword }) => keyword === "CMD");
}
