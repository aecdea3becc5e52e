import type { SpecChange } from "../../container/spec";
import { entryScript } from "../../image/entry-script";
import type { ContainerSubject } from "../../project/subject";
import { stepsFix } from "../queries/fixes";
import { placeOf } from "../queries/run-file";
import { unitOfProgram, unitsFor } from "../queries/unit-of-program";
import { entrypointWords, readsCommandLine, shown, type Unread, unreadBehind } from "../queries/unread-words";
import { containerRule, type Fix, type SayOf } from "../rule";

const messages = {
  program:
    "{words} does not run: it is an argument to {init}, which ignores it. Start it with a unit in the image.",
  shell: "{words} does not run: the shell that starts init ignores it. Start it with a unit in the image.",
  option: "{words} is not a systemd option, and systemd reads no options after it.",
  query: "{words} makes PID 1 exit with code 255 instead of booting.",
} as const;

const fixes = {
  enable: "Enable {name} in the image, and remove {words}",
  unit: "Create {name} in the image to run the program, and remove {words}",
  remove: "Remove {words}",
} as const;

type Say = SayOf<typeof messages & typeof fixes>;

export const runIgnoredCommand = containerRule({
  id: "run-ignored-command",
  title: "Run programs as units, not as arguments to init",
  severity: "warning",
  always: true,
  pods: true,
  why: `
    If the image's ENTRYPOINT is init, the container's command is not a program but a list of arguments to init.
    systemd reads its own options and kernel command line options from it and silently ignores everything else.
    Start the program with a unit that is enabled in the image. To run a single command in the container, use
    \`docker exec\`.
  `,
  consequence: "systemd boots, but the program never runs.",
  symptoms: ["no-effect", "exit-255"],
  ignore:
    "If a generator or service in the image reads the arguments from `/proc/1/cmdline`, you can disable this rule.",
  evidence: {
    measured:
      'Docker 28.5, cgroup v2, systemd 252: arguments to init such as bash -c "…" are ignored. After the first unknown ' +
      "option, systemd reads no others. --version, --help, --test and --user make PID 1 exit with code 255.",
  },
  sources: ["systemd(1)", "kernel-command-line(7)"],
  messages,
  fixes,
  *check(subject, say) {
    const { source, image } = subject;
    const { command, entrypoint } = source.spec;
    const argv = entrypoint?.words ?? imageEntrypoint(subject);
    if (!command || !argv?.length) return;
    const unread = unreadBehind(argv, command.words);
    if (!unread || (image && readsCommandLine(image))) return;
    const { kind, init } = unread;
    const words = shown(unread.words);
    yield {
      span: placeOf(source, { key: "command" }),
      severity: kind === "query" ? "error" : "warning",
      message: kind === "program" ? say(kind, { words, init }) : say(kind, { words }),
      fixes: unread.before > 0 ? [] : fixesOf(subject, unread, say),
    };
  },
});

/** The ENTRYPOINT of the image, unless it is a script that the Dockerfile adds. */
function imageEntrypoint(subject: ContainerSubject): readonly string[] | undefined {
  const { image } = subject;
  if (!image) return subject.base?.entrypoint;
  const words = entrypointWords(image.image);
  return entryScript(image.image, words?.[0] ?? "", image.readFile) === undefined ? words : undefined;
}

function fixesOf(
  { source, image }: ContainerSubject,
  { kind, words }: Unread,
  say: Say,
): (Fix | undefined)[] {
  const unset: SpecChange = { do: "unset", key: "command" };
  const shownKey = source.toDisplay({ do: "set", key: "command", value: source.spec.command });
  const remove = stepsFix(source, [unset], say("remove", { words: shownKey }), false);
  if (!remove || !image?.uri || (kind !== "program" && kind !== "shell")) return [remove];
  const dockerfile = image.uri;
  const added = (lines: string) =>
    image.image.edit.insert(lines, "before-program").map((edit) => ({ ...edit, uri: dockerfile }));
  const own = unitsFor(image.image, words, image.readFile);
  if (own) {
    const title = say("enable", { name: own, words: shownKey });
    return [{ ...remove, title, edits: [...remove.edits, ...added(`RUN systemctl enable ${own}`)] }, remove];
  }
  const { name, text } = unitOfProgram(image.image, words, image.readFile);
  const uri = image.fileUri(name);
  if (uri === undefined || image.readFile(name) !== undefined) return [remove];
  const lines = `COPY ${name} /etc/systemd/system/\nRUN systemctl enable ${name}`;
  const unit: Fix = {
    ...remove,
    title: say("unit", { name, words: shownKey }),
    edits: [...remove.edits, ...added(lines), { uri, create: true, span: { start: 0, end: 0 }, text }],
  };
  return [unit, remove];
}
