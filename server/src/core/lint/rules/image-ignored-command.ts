import type { Program } from "../../image/image";
import type { ImageSubject } from "../../project/subject";
import { packagedUnit, unitOfProgram } from "../queries/unit-of-program";
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
  program: "{words} is never run: it is an argument of {init}, which ignores it. Start it by a unit.",
  shell: "{words} is never run: the shell that starts init ignores it. Start it by a unit.",
  option: "systemd does not know {words}, and reads no option behind it.",
  query: "With {words} PID 1 does not boot: it exits 255.",
} as const;

const fixes = {
  enable: "Enable {name}, the package's own unit",
  unit: "Write {name}, which runs it, and enable it",
  remove: "Remove {words} (boots as today)",
} as const;

type Say = SayOf<typeof messages & typeof fixes>;

export const imageIgnoredCommand = imageRule({
  id: "image-ignored-command",
  title: "Run a program by a unit, not behind init",
  severity: "warning",
  always: true,
  why: `
    Where ENTRYPOINT is init, CMD is not a program but a list of arguments of init. systemd takes its options and
    the words of the kernel's command line from it, and ignores everything else without a word. So an image that
    is built on one with such an ENTRYPOINT cannot name its program in CMD: a unit has to start it, which is
    enabled in the image.

    A unit is given none of the image's WORKDIR, USER and ENV: it says them itself.
  `,
  consequence: "systemd boots, and the program never runs.",
  symptoms: ["no-effect", "exit-255"],
  ignore: "A generator or service of yours reads the words from `/proc/1/cmdline`.",
  evidence: {
    measured:
      'Docker 28.5, cgroup v2, systemd 252: words like bash -c "…" behind init are ignored; after the first unknown ' +
      "option later ones are not read; --version, --help, --test and --user make PID 1 exit 255. Units as the fix writes " +
      "them (exec, oneshot, WORKDIR, ENV, quotes) boot to running.",
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

/** A unit beside the Dockerfile, and the lines that copy and enable it, in the place of CMD. */
function unitFix(subject: ImageSubject, cmd: Program, { words, before }: Unread, say: Say): Fix | undefined {
  const { image, readFile, fileUri } = subject;
  const { instruction } = cmd;
  if (before > 0 || instruction.stage !== image.from.stage) return undefined;
  const inPlaceOf = (lines: readonly string[]) => [
    ...image.edit.insertBefore(instruction, lines.join("\n")),
    ...image.edit.remove(instruction),
  ];
  const own = packagedUnit(image, words);
  if (own) {
    return {
      title: say("enable", { name: own }),
      safe: false,
      edits: inPlaceOf([`RUN systemctl enable ${own}`]),
    };
  }
  const { name, text } = unitOfProgram(image, words, readFile);
  if (readFile(name) !== undefined) return undefined;
  const edits: FileEdit[] = [
    ...inPlaceOf([`COPY ${name} /etc/systemd/system/`, `RUN systemctl enable ${name}`]),
    { uri: fileUri(name), create: true, span: { start: 0, end: 0 }, text },
  ];
  return { title: say("unit", { name }), safe: false, edits };
}

function removeFix(
  { image }: ImageSubject,
  { instruction }: Program,
  words: string,
  say: Say,
): Fix | undefined {
  if (instruction.stage !== image.from.stage) return undefined;
  return { title: say("remove", { words }), safe: false, edits: image.edit.remove(instruction) };
}
