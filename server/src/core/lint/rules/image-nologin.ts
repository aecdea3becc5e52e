import type { Edit } from "../../base/text";
import { bootTarget, isEarly } from "../../boot/target";
import type { Command, Image } from "../../image/image";
import type { ImageSubject } from "../../project/subject";
import { canonicalPath } from "../../systemd/paths";
import { baseLabel } from "../queries/base-label";
import { programOf, withoutCommand, withoutWord } from "../queries/build-steps";
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
    At boot systemd-tmpfiles-setup makes \`/run/nologin\`, and while it is there PAM lets nobody log in but
    root. systemd-user-sessions, which belongs to multi-user.target, removes it. Where that unit never runs,
    the file stays.

    The file cannot be removed while the image is built: /run is empty then, and a fresh tmpfs at each start.
  `,
  consequence: '"System is booting up. Unprivileged users are not permitted to log in yet."',
  symptoms: ["login-refused"],
  ignore: "Nobody but root logs in, whom /run/nologin never stops.",
  evidence: {
    measured:
      "Docker 28.5, Debian 12, systemd 252, --unit=sysinit.target: systemd-user-sessions inactive and /run/nologin there; with " +
      "multi-user.target it is gone. systemd 262 without the links of multi-user.target.wants: /run/nologin there. No RPM image was booted.",
  },
  sources: ["pam_nologin(8)", "systemd-user-sessions.service(8)"],
  messages: {
    fails:
      "The build fails here: there is no /run/nologin while an image is built. It is made at each boot, and systemd-user-sessions removes it.",
    useless:
      "This has no effect: /run is fresh at each start, and /run/nologin is made anew. systemd-user-sessions removes it.",
    masked:
      "systemd-user-sessions is masked, so /run/nologin stays and {server} lets nobody log in but root.",
    base: "The build of {base} deleted the link that starts systemd-user-sessions, so /run/nologin stays and {server} admits only root.",
    target:
      "{target} ends the boot before systemd-user-sessions, so /run/nologin stays and {server} lets nobody log in but root.",
  },
  fixes: {
    drop: "Remove the command",
    wants: "Let {target} want systemd-user-sessions",
  },
  *check(subject, say) {
    const { image, boot } = subject;
    for (const command of image.commands) {
      if (!touchesNologin(command)) continue;
      // CentOS images contain the file; which of the others do is not known.
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

/** The link is made again: by systemctl or ln, or by the package that is installed once more. */
function linksSessions({ units, packages }: Image): boolean {
  return packages.has("systemd") || units.some(({ unit, verb }) => unit === sessions && verb === "add-wants");
}

function touchesNologin(command: Command): boolean {
  return /^(rm|mv|unlink)$/.test(programOf(command)) && command.words.some(isNologin);
}

function isNologin(word: string | undefined): boolean {
  return canonicalPath(word ?? "") === file;
}

/** The command, or the path alone where it removes other files too. */
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

/** Logins are served in an early target that was told to want their server, but not what lets users in. */
function isWanted({ units }: Image, target: string): boolean {
  const wanted = units
    .filter((action) => action.verb === "add-wants" && action.target === target)
    .map(({ unit }) => unit);
  return wanted.some((unit) => /^(ssh|sshd|dropbear|xrdp)\./.test(unit)) && !wanted.includes(sessions);
}
