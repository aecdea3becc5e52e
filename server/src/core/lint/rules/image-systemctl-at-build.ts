import { type Argument, message } from "../../base/message";
import { once } from "../../base/once";
import type { Command, Image } from "../../image/image";
import { commandsThat, programOf } from "../../image/programs";
import type { ImageSubject } from "../../project/subject";
import { withoutCommand, withoutWord } from "../queries/build-steps";
import { editFix } from "../queries/fixes";
import { needsManager, replacesSystemctl, serviceStart } from "../queries/systemctl";
import { type Fix, imageRule, type SayOf } from "../rule";

const starts = /^(start|restart|reload-or-restart|try-restart)$/;

const messages = {
  fails: "The build fails: systemctl {verb} needs a running systemd, which the build does not have.{advice}",
  ignored:
    "systemctl {verb} has no effect: systemd does not run during the build, and the failure is ignored.{advice}",
  now: "The build fails: --now starts or stops the unit, but systemd does not run during the build. Remove --now.",
  nowIgnored:
    "--now, which starts or stops the unit, has no effect because systemd does not run during the build. Remove --now.",
  service: "{unit} is stopped when this RUN step ends. Enable it instead.",
} as const;

const fixes = {
  dropNow: "Remove --now",
  drop: "Remove systemctl {verb}",
  enable: "Enable {unit} instead",
} as const;

type Say = SayOf<typeof messages & typeof fixes>;

export const imageSystemctlAtBuild = imageRule({
  id: "image-systemctl-at-build",
  title: "Do not start, stop or query services during the build",
  severity: "error",
  always: true,
  buildTime: true,
  why: `
    systemd does not run during the build. \`systemctl start\` and similar commands need a running systemd, so they
    fail the build. \`enable\`, \`disable\`, \`mask\` and \`set-default\` work because they only change links: an enabled
    service starts when the container boots.

    \`service x start\` does start a process, but that process ends with the build step.
  `,
  consequence: 'The build fails: "System has not been booted with systemd as init system (PID 1)."',
  symptoms: ["build"],
  ignore:
    "If `systemctl` is a replacement that works without systemd and this rule does not recognize it, you can disable this rule.",
  evidence: {
    measured:
      "Docker 28.5, systemd 252: RUN systemctl start, restart, reload, stop, status, is-active, daemon-reload, isolate and " +
      "enable --now fail the build; set-default, mask and service x start succeed.",
  },
  messages,
  fixes,
  *check(subject, say) {
    if (replacesSystemctl(subject.image)) return;
    const enabled = once(() => enabledIn(subject.image));
    const { image } = subject;
    for (const command of asking(image)) {
      if (command.conditional || isOffline(image, command)) continue;
      const program = programOf(command);
      if (program === "systemctl") yield* ofSystemctl(subject, command, enabled, say);
      else if (subject.boot.boots !== "no" && command.last && !command.failureIgnored)
        yield* ofService(subject, command, say);
    }
  },
});

/** Commands that query the running systemd, or that start a service through its script. */
const asking = commandsThat(
  (command) => programOf(command) === "systemctl" || serviceStart(command) !== undefined,
);

function adviceFor(verb: string): Argument {
  if (verb === "daemon-reload")
    return message("advice.reload", " systemd reads all unit files when it boots.");
  return starts.test(verb) ? message("advice.enable", " Enable the unit instead.") : "";
}

function* ofSystemctl(subject: ImageSubject, command: Command, enabled: () => ReadonlySet<string>, say: Say) {
  const { image } = subject;
  const { failureIgnored, words, wordSpans } = command;
  const severity = failureIgnored ? "hint" : "error";
  const at = words.findIndex((word, index) => index > 0 && !word?.startsWith("-"));
  const verb = words[at];
  if (!verb) return;
  const now = words.indexOf("--now");
  if (needsManager.has(verb)) {
    const drop = editFix(withoutCommand(subject, command), say("drop", { verb }), verb === "daemon-reload");
    yield {
      span: command.span,
      severity,
      message: say(failureIgnored ? "ignored" : "fails", { verb, advice: adviceFor(verb) }),
      fixes: [...(starts.test(verb) ? [enable(image, command, at, enabled, say)] : []), drop],
    } as const;
  } else if (now !== -1 && /^(enable|disable|mask|reenable|unmask)$/.test(verb)) {
    const spans = wordSpans.filter((_, index) => words[index] === "--now");
    const written = spans.every(({ start, end }) => image.text.slice(start, end) === "--now");
    const edits = spans.flatMap((span) => withoutWord(image, span));
    yield {
      span: wordSpans[now] ?? command.span,
      severity,
      message: say(failureIgnored ? "nowIgnored" : "now"),
      fixes: [written ? editFix(edits, say("dropNow"), true) : undefined],
    } as const;
  }
}

/** Replaces `start` with `enable`, or removes the command if the unit is already enabled. */
function enable(
  { text, edit }: Image,
  { words, wordSpans }: Command,
  at: number,
  enabled: () => ReadonlySet<string>,
  say: Say,
): Fix | undefined {
  const named = words.slice(at + 1).filter((word) => word && !word.startsWith("-"));
  const [unit] = named;
  const span = wordSpans[at];
  if (!unit || !span || text.slice(span.start, span.end) !== words[at]) return undefined;
  return enabled().has(unit.replace(/\.service$/, ""))
    ? undefined
    : editFix(edit.replace(span, "enable"), say("enable", { unit: named.join(" ") }), false);
}

/** The units that an image enables, without `.service`. */
function enabledIn({ units }: Image): ReadonlySet<string> {
  const enabled = units.filter(({ verb }) => verb === "enable");
  return new Set(enabled.map(({ unit }) => unit.replace(/\.service$/, "")));
}

function* ofService({ image }: ImageSubject, command: Command, say: Say) {
  const { words, wordSpans, span } = command;
  const [unit] = serviceStart(command)?.services ?? [];
  if (!unit) return;
  const first = wordSpans[0];
  const plain = first && image.text.slice(span.start, span.end).trim() === words.join(" ");
  yield {
    span,
    severity: "warning",
    message: say("service", { unit }),
    fixes: [
      plain
        ? editFix(image.edit.replace(span, `systemctl enable ${unit}`), say("enable", { unit }), false)
        : undefined,
    ],
  } as const;
}

/** Whether systemctl works only on files, because of another root directory or SYSTEMD_OFFLINE. */
function isOffline({ env }: Image, { words, environment }: Command): boolean {
  if (words.some((word) => /^--(root|image|user|global|help|version|installroot)(=|$)/.test(word ?? "")))
    return true;
  const said = environment.get("SYSTEMD_OFFLINE") ?? env.get("SYSTEMD_OFFLINE")?.value ?? "";
  return /^(1|yes|y|true|t|on)$/i.test(said);
}
