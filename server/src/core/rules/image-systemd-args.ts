import { placedWords } from "../boot-target";
import type { Image, Placed } from "../image/image";
import { isInitPath } from "../image/init";
import { imageRule, type Report, type Say } from "../rule";
import { editFix } from "./shared";

/** Options of systemd(1) that were written without their dashes. */
const undashed =
  /^(log-level|log-target|log-color|log-location|log-time|show-status|default-standard-output|default-standard-error|crash-shell|confirm-spawn)=/;

/** Words that systemd's kernel-command-line reader or getopt understand, and harmless habits of that line. */
const known =
  /^(-|systemd\.|rd\.|udev\.|luks\.|fsck\.|quota|locale\.|vconsole\.|net\.|modules[-_]load=|loglevel=|init=|root=|ro$|rw$)|^(quiet|debug|single|rescue|emergency|s|S|[1-5])$/;

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
  evidence: {
    measured:
      'Docker 28.5, cgroup v2, systemd 252, CMD ["log-level=info","unit=sysinit.target"]: running, with multi-user and ' +
      "graphical targets active.",
  },
  sources: ["systemd(1)", "kernel-command-line(7)"],
  messages: {
    dashes: "systemd ignores {word}: options begin with two dashes.",
    unit: "systemd ignores {word}, so it boots into the default target. The option is --unit=.",
    target: "systemd ignores {word}: a target is chosen by --unit=.",
    shell: "Nothing interprets {word} in exec form: it is an argument that systemd ignores.",
    swallowed: "An ENTRYPOINT in shell form swallows CMD: systemd never sees these words.",
    add: "Write {right}",
    remove: "Remove {word} (boots as today)",
    choose: "Write {right} (changes what boots)",
  },
  *check({ image }, say) {
    const { entrypoint, cmd } = image;
    if (entrypoint?.form === "shell" && cmd && isInitPath(entrypoint.words[0]?.value ?? "")) {
      yield { span: cmd.span, message: say("swallowed") };
    }
    const words = placedWords(image);
    const init = words.findIndex(({ value }) => isInitPath(value));
    if (init === -1) return;
    for (let index = init + 1; index < words.length; index++) {
      const word = words[index] as Placed<string>;
      if (word.value === "--") return;
      // An option without "=" takes the next word as its value.
      if (/^--(unit|log-level|log-target|default-standard-(output|error))$/.test(word.value)) index++;
      else yield* judge(image, words, word, say);
    }
  },
  examples: [
    {
      says: "The dashes are missing.",
      source: `
        FROM debian:12
        ENV container=docker
        RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
        RUN systemctl set-default multi-user.target
        RUN : > /etc/machine-id
        STOPSIGNAL SIGRTMIN+3
        ENTRYPOINT ["/lib/systemd/systemd"]
        CMD ["log-level=info", "unit=sysinit.target"]
        #    ^^^^^^^^^^^^^^^^ two dashes
        #                      ^^^^^^^^^^^^^^^^^^^^^ default target
      `,
      fixed: `
        FROM debian:12
        ENV container=docker
        RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
        RUN systemctl set-default multi-user.target
        RUN : > /etc/machine-id
        STOPSIGNAL SIGRTMIN+3
        ENTRYPOINT ["/lib/systemd/systemd"]
        CMD ["--log-level=info"]
      `,
    },
    {
      says: "Options, and words of the kernel's command line.",
      source: `
        FROM debian:12
        ENV container=docker
        RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
        RUN systemctl set-default multi-user.target
        RUN : > /etc/machine-id
        STOPSIGNAL SIGRTMIN+3
        ENTRYPOINT ["/lib/systemd/systemd"]
        CMD ["--log-level=info", "systemd.journald.forward_to_console=1", "quiet", "--", "unit=x"]
      `,
    },
  ],
});

function* judge(
  image: Image,
  all: readonly Placed<string>[],
  { value, span }: Placed<string>,
  say: Say,
): Generator<Report, void> {
  const replace = (right: string, safe: boolean, name: string) =>
    editFix(
      image.edit.replace(span, literal(image.text.slice(span.start, span.end), right)),
      say(name, { right }),
      safe,
    );
  const remove = editFix(
    image.edit.replace(withComma(image.text, span, all), ""),
    say("remove", { word: value }),
    false,
  );

  if (undashed.test(value)) {
    yield { span, message: say("dashes", { word: value }), fixes: [replace(`--${value}`, true, "add")] };
  } else if (/^unit=/.test(value)) {
    yield {
      span,
      message: say("unit", { word: value }),
      fixes: [remove, replace(`--${value}`, false, "choose")],
    };
  } else if (/^[\w@.-]+\.target$/.test(value) && !known.test(value)) {
    yield {
      span,
      message: say("target", { word: value }),
      fixes: [remove, replace(`--unit=${value}`, false, "choose")],
    };
  } else if (/^\d*[<>]&?\d*|^&+$/.test(value)) {
    yield { span, message: say("shell", { word: value }), fixes: [remove] };
  }
}

/** Another word in the quotes of the old one. */
function literal(old: string, word: string): string {
  return old.startsWith('"') ? JSON.stringify(word) : word;
}

/** The word with the comma or blank that separates it from its neighbour in the same list. */
function withComma(text: string, { start, end }: Placed<string>["span"], all: readonly Placed<string>[]) {
  const before = /\s*,\s*$/.exec(text.slice(Math.max(0, start - 200), start))?.[0].length ?? 0;
  if (before > 0 && all.some(({ span }) => span.end <= start)) return { start: start - before, end };
  const after = /^\s*,\s*/.exec(text.slice(end, end + 200))?.[0].length ?? 0;
  return { start, end: end + after };
}
