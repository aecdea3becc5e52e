import type { Edit } from "../../base/text";
import { bootTarget, isEarly } from "../../boot/target";
import type { Command, Image } from "../../image/image";
import { commandsThat, programOf } from "../../image/programs";
import type { ImageSubject } from "../../project/subject";
import type { ShellCommand } from "../../shell/reader";
import { canonicalPath } from "../../systemd/paths";
import { baseLabel } from "../queries/base-label";
import { withoutCommand, withoutWord } from "../queries/build-steps";
import { editFix } from "../queries/fixes";
import { handlesNologin, loginServer } from "../queries/logins";
import { imageRule } from "../rule";

const file = "/run/nologin";
const sessions = "systemd-user-sessions.service";

export const imageNologin = imageRule({
  id: "image-nologin",
  title: "Let systemd remove /run/nologin",
  severity: "warning",
  why: `
    At boot, systemd-tmpfiles-setup creates \`/run/nologin\`. While this file exists, PAM rejects all users except
    root. systemd-user-sessions, which is part of multi-user.target, removes it. If that unit never runs, the file
    remains.

    The file cannot be removed during the build: /run is empty then, and each start of the container mounts a new
    tmpfs on it.
  `,
  consequence:
    'Users other than root cannot log in: "System is booting up. Unprivileged users are not permitted to log in yet."',
  symptoms: ["login-refused"],
  ignore: "If only root logs in, you can disable this rule: /run/nologin does not affect root.",
  evidence: {
    measured:
      "Docker 28.5, Debian 12, systemd 252: with --unit=sysinit.target, systemd-user-sessions is inactive and " +
      "/run/nologin exists; with multi-user.target, the file is gone. With systemd 262 and without the links in " +
      "multi-user.target.wants, /run/nologin exists. No RPM-based image was booted.",
  },
  sources: ["pam_nologin(8)", "systemd-user-sessions.service(8)"],
  messages: {
    fails:
      "The build fails: /run/nologin does not exist at build time. It is created at boot and removed by systemd-user-sessions.",
    useless:
      "This has no effect: /run is empty at each start, and /run/nologin is created again at boot. systemd-user-sessions removes it.",
    masked:
      "systemd-user-sessions is masked, so /run/nologin remains and {server} rejects all users except root.",
    base: "{base} lacks the link that starts systemd-user-sessions, so /run/nologin remains and {server} rejects all users except root.",
    target:
      "The boot ends at {target}, before systemd-user-sessions, so /run/nologin remains and {server} rejects all users except root.",
  },
  fixes: {
    drop: "Remove the command",
    wants: "Add systemd-user-sessions to {target}",
  },
  *check(subject, say) {
    const { image, boot } = subject;
    for (const command of nologinTouched(image)) {
      // CentOS images contain the file; it is not known which other images do.
      const lacks = image.base?.family === "debian" || image.base?.family === "ubuntu";
      const fails = lacks && !command.failureIgnored && !command.conditional && !isForced(command);
      yield {
        span: command.span,
        severity: fails ? "error" : "warning",
        message: say(fails ? "fails" : "useless"),
        fixes: [editFix(dropped(subject, command), say("drop"), false)],
      };
    }
    const server = loginServer(image);
    if (!server || handlesNologin(image)) return;
    if (image.base?.deletedWants && !linksSessions(image)) {
      const link = image.edit.insert(
        `RUN systemctl add-wants multi-user.target ${sessions}`,
        "before-program",
      );
      yield {
        span: image.from.argumentsSpan,
        message: say("base", { base: baseLabel(image), server }),
        fixes: [editFix(link, say("wants", { target: "multi-user.target" }), false)],
      };
    }
    const masked = image.units.findLast(({ unit }) => unit === sessions);
    if (masked?.verb === "mask") yield { span: masked.span, message: say("masked", { server }) };
    const target = bootTarget(image, boot.argv);
    if (!target?.span || !isEarly(target.unit) || !isWanted(image, target.unit)) return;
    const wants = image.edit.insert(`RUN systemctl add-wants ${target.unit} ${sessions}`, "before-program");
    yield {
      span: target.span,
      message: say("target", { target: target.unit, server }),
      fixes: [editFix(wants, say("wants", { target: target.unit }), false)],
    };
  },
});

/** Whether the link is created again, either by systemctl or ln, or by reinstalling the package. */
function linksSessions({ units, packages }: Image): boolean {
  return packages.has("systemd") || units.some(({ unit, verb }) => unit === sessions && verb === "add-wants");
}

const nologinTouched = commandsThat(touchesNologin);

function touchesNologin(command: ShellCommand): boolean {
  return /^(rm|mv|unlink)$/.test(programOf(command)) && command.words.some(isNologin);
}

function isNologin(word: string | undefined): boolean {
  return canonicalPath(word ?? "") === file;
}

/** Removes the command, or only the path if the command also removes other files. */
function dropped(subject: ImageSubject, command: Command): readonly Edit[] | undefined {
  const { words, wordSpans } = command;
  const others = words.slice(1).some((word) => !word?.startsWith("-") && !isNologin(word));
  if (!others || programOf(command) === "mv") return withoutCommand(subject, command);
  return wordSpans.flatMap((span, index) =>
    isNologin(words[index]) ? withoutWord(subject.image, span) : [],
  );
}

function isForced(command: Command): boolean {
  return (
    programOf(command) === "rm" && command.words.some((word) => /^-[a-zA-Z]*f|^--force$/.test(word ?? ""))
  );
}

/** Whether an early boot target pulls in a login server but not the unit that lets users log in. */
function isWanted({ units }: Image, target: string): boolean {
  const wanted = units
    .filter((action) => action.verb === "add-wants" && action.target === target)
    .map(({ unit }) => unit);
  return wanted.some((unit) => /^(ssh|sshd|dropbear|xrdp)\./.test(unit)) && !wanted.includes(sessions);
}
