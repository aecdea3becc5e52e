import { placedWords } from "../../boot/target";
import type { Image, Placed } from "../../image/image";
import { isInitPath } from "../../image/init";
import { type IgnoredWord, ignoredWords } from "../../systemd/kernel-words";
import { editFix } from "../queries/fixes";
import { imageRule, type SayOf, type Violation } from "../rule";

const messages = {
  dashes: "systemd ignores {word}: options start with two dashes.",
  unit: "systemd ignores {word} and boots into the default target. Use --unit=.",
  target: "systemd ignores {word}. Use --unit= to set the target.",
  shell: "In exec form, no shell interprets {word}: systemd receives it as arguments and ignores them.",
  swallowed: "An ENTRYPOINT in shell form ignores CMD, so systemd never receives these arguments.",
} as const;

const fixes = {
  add: "Replace with {right}",
  remove: "Remove {word} (no change in behavior)",
  choose: "Replace with {right} (changes the boot target)",
} as const;

type Say = SayOf<typeof messages & typeof fixes>;

export const imageSystemdArgs = imageRule({
  id: "image-systemd-args",
  title: "Do not pass arguments that systemd ignores",
  severity: "warning",
  why: `
    systemd accepts options with two dashes (\`--log-level=info\`, \`--unit=multi-user.target\`). In a container
    it also reads its arguments as a kernel command line (\`systemd.log_level=debug\`, \`systemd.unit=…\`). It
    silently ignores all other arguments, and the container boots as if they were not there.
  `,
  consequence: "systemd boots and ignores the arguments.",
  symptoms: ["no-effect"],
  ignore:
    "If a generator or service in the image reads the arguments from `/proc/1/cmdline`, you can disable this rule.",
  evidence: {
    measured:
      'Docker 28.5, cgroup v2, systemd 252, CMD ["log-level=info","unit=sysinit.target"]: the state is running, and multi-user.target and graphical.target are active.',
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

/** A word in the same quotes as the one that it replaces. */
function literal(old: string, word: string): string {
  return old.startsWith('"') ? JSON.stringify(word) : word;
}

/** The span of the word, including the comma or space that separates it from its neighbor in the list. */
function withComma(text: string, { start, end }: Placed<string>["span"], all: readonly Placed<string>[]) {
  const ahead = text.slice(Math.max(0, start - 200), start);
  const item = ahead.trimEnd().endsWith(",") ? ahead.trimEnd().slice(0, -1).trimEnd() : undefined;
  if (item !== undefined && all.some(({ span }) => span.end <= start))
    return { start: start - ahead.length + item.length, end };
  const after = /^\s*,\s*/.exec(text.slice(end, end + 200))?.[0].length ?? 0;
  return { start, end: end + after };
}
