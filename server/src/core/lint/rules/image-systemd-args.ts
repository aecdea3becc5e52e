import { placedWords } from "../../boot/target";
import type { Image, Placed } from "../../image/image";
import { isInitPath } from "../../image/init";
import { type IgnoredWord, ignoredWords } from "../../systemd/kernel-words";
import { editFix } from "../queries/fixes";
import { imageRule, type SayOf, type Violation } from "../rule";

const messages = {
  dashes: "systemd ignores {word}: options begin with two dashes.",
  unit: "systemd ignores {word}, so it boots into the default target. The option is --unit=.",
  target: "systemd ignores {word}: a target is chosen by --unit=.",
  shell: "Nothing interprets {word} in exec form: systemd gets it as arguments and ignores it.",
  swallowed: "An ENTRYPOINT in shell form swallows CMD: systemd never sees these words.",
} as const;

const fixes = {
  add: "Write {right}",
  remove: "Remove {word} (boots as today)",
  choose: "Write {right} (changes what boots)",
} as const;

type Say = SayOf<typeof messages & typeof fixes>;

export const imageSystemdArgs = imageRule({
  id: "image-systemd-args",
  title: "Arguments that systemd understands",
  severity: "warning",
  why: `
    systemd takes options with two dashes (\`--log-level=info\`, \`--unit=multi-user.target\`) and, in a
    container, reads its own arguments as a kernel command line too (\`systemd.log_level=debug\`,
    \`systemd.unit=…\`). Whatever is neither is ignored without a word, so the container boots as if it had
    not been written.
  `,
  consequence: "systemd boots and ignores the words.",
  symptoms: ["no-effect"],
  ignore: "A generator or service of yours reads the word from `/proc/1/cmdline`.",
  evidence: {
    measured:
      'Docker 28.5, cgroup v2, systemd 252, CMD ["log-level=info","unit=sysinit.target"]: running, with multi-user and ' +
      "graphical targets active.",
  },
  sources: ["systemd(1)", "kernel-command-line(7)"],
  messages,
  fixes,
  *check({ image }, say) {
    const { entrypoint, cmd } = image;
    if (entrypoint?.form === "shell" && cmd && isInitPath(entrypoint.words[0]?.value ?? "")) {
      yield { span: cmd.span, message: say("swallowed") };
    }
    const words = placedWords(image);
    const init = words.findIndex(({ value }) => isInitPath(value));
    if (init === -1) return;
    for (const ignored of ignoredWords(words.slice(init + 1).map(({ value }) => value))) {
      const at = init + 1 + ignored.index;
      yield report(image, words, words.slice(at, at + ignored.count), ignored, say);
    }
  },
});

function report(
  image: Image,
  all: readonly Placed<string>[],
  ignored: readonly Placed<string>[],
  { fault, right }: IgnoredWord,
  say: Say,
): Violation {
  const word = ignored.map(({ value }) => value).join(" ");
  const span = { start: ignored[0]?.span.start ?? 0, end: ignored.at(-1)?.span.end ?? 0 };
  const replace = (safe: boolean, name: "add" | "choose") =>
    right === undefined
      ? undefined
      : editFix(
          image.edit.replace(span, literal(image.text.slice(span.start, span.end), right)),
          say(name, { right }),
          safe,
        );
  const remove = () =>
    editFix(image.edit.replace(withComma(image.text, span, all), ""), say("remove", { word }), false);
  const fixes = fault === "dashes" ? [replace(true, "add")] : [remove(), replace(false, "choose")];
  return { span, message: say(fault, { word }), fixes };
}

/** Another word in the quotes of the old one. */
function literal(old: string, word: string): string {
  return old.startsWith('"') ? JSON.stringify(word) : word;
}

/** The word with the comma or blank that separates it from its neighbour in the same list. */
function withComma(text: string, { start, end }: Placed<string>["span"], all: readonly Placed<string>[]) {
  const ahead = text.slice(Math.max(0, start - 200), start);
  const item = ahead.trimEnd().endsWith(",") ? ahead.trimEnd().slice(0, -1).trimEnd() : undefined;
  if (item !== undefined && all.some(({ span }) => span.end <= start))
    return { start: start - ahead.length + item.length, end };
  const after = /^\s*,\s*/.exec(text.slice(end, end + 200))?.[0].length ?? 0;
  return { start, end: end + after };
}
