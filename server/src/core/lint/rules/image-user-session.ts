import { listed } from "../../base/message";
import type { Span } from "../../base/text";
import { entryScript } from "../../image/entry-script";
import { anyCommand, commandsOf, programOf } from "../../image/programs";
import { writtenFiles } from "../../image/written-files";
import type { ImageSubject } from "../../project/subject";
import type { ShellCommand } from "../../shell/reader";
import { editFix } from "../queries/fixes";
import { bringsInitPath, installsSystemd, systemdInstalls } from "../queries/systemd-packages";
import { imageRule, type SayOf, type Violation } from "../rule";

const messages = {
  packages: "User units need {packages}, which nothing here installs. Without them, no user session starts.",
  session:
    "systemctl --user fails in `docker exec`, which has no session. Enable lingering for {user}, and use systemctl --user -M {user}@.",
  linger:
    "The build fails: loginctl needs logind, which does not run during the build. Create /var/lib/systemd/linger/{user} instead.",
  lingerIgnored:
    "loginctl has no effect: logind does not run during the build. Create /var/lib/systemd/linger/{user} instead.",
} as const;

const fixes = {
  install: "Install {packages}",
  touch: "Enable lingering for {user} (touch /var/lib/systemd/linger/{user})",
} as const;

type Say = SayOf<typeof messages & typeof fixes>;

export const imageUserSession = imageRule({
  id: "image-user-session",
  title: "Start a session for user units",
  severity: "information",
  why: `
    A user's units (\`systemctl --user\`, ~/.config/systemd/user) are started by that user's systemd instance.
    pam_systemd sets up this instance, which runs while the user is logged in or has lingering enabled. On Debian and
    Ubuntu, it needs the packages libpam-systemd and dbus-user-session, which \`--no-install-recommends\` leaves out.

    \`docker exec -u USER\` is not a login, so \`systemctl --user\` fails there (No medium found). Since systemd 248, root
    can reach the user's systemd with \`systemctl --user -M USER@\`. \`su - USER -c\` and \`runuser -l USER -c\` also work.
    If lingering is enabled, the user's own commands work too, with \`XDG_RUNTIME_DIR=/run/user/UID\`.

    To start the units at boot, enable lingering: create the file /var/lib/systemd/linger/USER. \`loginctl
    enable-linger\` creates it too, but only in the running container.
  `,
  consequence: 'The user\'s units do not start, and systemctl --user reports "Failed to connect to bus".',
  symptoms: ["hindered"],
  ignore:
    "If the user logs in over SSH or on a console, and nothing needs to run before that, you can disable this rule.",
  evidence: {
    measured:
      "Docker 28.5, cgroup v2, systemd 252 with libpam-systemd and dbus-user-session: docker exec -u fails (No medium found); " +
      "systemctl --user -M, su -c, su -l, runuser -l and lingering with XDG_RUNTIME_DIR work. " +
      "RUN loginctl enable-linger fails the build.",
  },
  sources: ["pam_systemd(8)", "loginctl(1), enable-linger"],
  messages,
  fixes,
  *check(subject, say) {
    yield* lingersAtBuild(subject, say);
    const use = useOf(subject);
    if (!use) return;
    yield* lacksPackages(subject, say);
    if (lingers(subject)) return;
    const { user, span } = use;
    const linger = `RUN mkdir -p /var/lib/systemd/linger && touch /var/lib/systemd/linger/${user}`;
    yield {
      span,
      message: say("session", { user: user ?? "USER" }),
      fixes: [
        user === undefined || user === "root"
          ? undefined
          : editFix(subject.image.edit.insert(linger, "before-program"), say("touch", { user }), false),
      ],
    };
  },
});

/** Reports `loginctl enable-linger` in a build step, where logind is not running. */
function* lingersAtBuild({ image }: ImageSubject, say: Say): Generator<Violation, void> {
  for (const command of commandsOf(image, "loginctl")) {
    const user = lingerUser(command);
    if (user === undefined || command.conditional) continue;
    const { span, words, failureIgnored } = command;
    const plain = image.text.slice(span.start, span.end).trim() === words.join(" ");
    const touch = `mkdir -p /var/lib/systemd/linger && touch /var/lib/systemd/linger/${user}`;
    yield {
      span,
      severity: failureIgnored ? "information" : "error",
      message: failureIgnored ? say("lingerIgnored", { user }) : say("linger", { user }),
      fixes: [
        plain && !failureIgnored
          ? editFix(image.edit.replace(span, touch), say("touch", { user }), false)
          : undefined,
      ],
    };
  }
}

const makesLinger = anyCommand(
  (command) =>
    lingerUser(command) !== undefined ||
    command.words.some((word) => /\/systemd\/linger(\/|$)/.test(word ?? "")),
);

function lingerUser(command: ShellCommand): string | undefined {
  const { words } = command;
  const at = words.indexOf("enable-linger");
  return programOf(command) === "loginctl" && at !== -1 ? (words[at + 1] ?? "root") : undefined;
}

/** Whether the build enables lingering for a user, through a file below logind's directory or through the command. */
function lingers(subject: ImageSubject): boolean {
  const { image } = subject;
  return (
    makesLinger(image) ||
    image.copies.some(({ destination }) => destination.includes("/systemd/linger")) ||
    writtenFiles(subject).some(({ path }) => path.includes("/systemd/linger/"))
  );
}

/** Files and calls in the image that need a user's systemd, with the user if known. */
function useOf(subject: ImageSubject): { user?: string; span: Span } | undefined {
  const { image } = subject;
  const copied = image.copies.find(({ destination }) => ofUser.test(`${destination}/`));
  if (copied) return { user: owner(copied.destination), span: copied.argumentsSpan };
  for (const file of writtenFiles(subject)) {
    if (ofUser.test(file.path)) return { user: owner(file.path), span: file.instruction.argumentsSpan };
    if (callsUserManager(file.text)) return { span: file.instruction.argumentsSpan };
  }
  const path = subject.boot.executes?.[0] ?? image.entrypoint?.words[0]?.value;
  const script = path === undefined ? undefined : entryScript(image, path, subject.readFile);
  const program = image.cmd ?? image.entrypoint;
  if (program && script && script !== "missing" && callsUserManager(script.text))
    return { span: program.span };
  const command = commandsOf(image, "systemctl").find(({ words }) => words.includes("--user"));
  return command && { user: image.user?.value, span: command.span };
}

const ofUser = /(^|\/)\.(config|local\/share)\/systemd\/user\//;

/** The owner of a home directory, according to its path. */
function owner(path: string): string | undefined {
  if (path.startsWith("/root/")) return "root";
  return /^\/home\/([\w.-]+)\//.exec(path)?.[1];
}

/** Whether a script or unit calls a user's systemd without `-M USER@`. */
function callsUserManager(text = ""): boolean {
  return text
    .split("\n")
    .some(
      (line) =>
        line.includes("systemctl") &&
        /\s--user\b/.test(line) &&
        !/^\s*#|\s(-M|--machine)\b|\b(su|runuser)\s/.test(line),
    );
}

/**
 * Reports missing packages of Debian and Ubuntu that would be installed as recommendations: pam_systemd and the
 * session bus.
 */
function* lacksPackages({ image }: ImageSubject, say: Say): Generator<Violation, void> {
  const { base, packages, withoutRecommends } = image;
  if ((base?.family !== "debian" && base?.family !== "ubuntu") || base.hasSystemd !== "no") return;
  const [install] = systemdInstalls(image);
  const placed = install && installsSystemd(install);
  if (!placed || packages.has("dbus-user-session")) return;
  const names = [...packages.keys()];
  const hasPam = names.some(
    (name) => bringsInitPath(name) && !/^(systemd-sysv|init|systemd-cron)$/.test(name),
  );
  const recommended = !withoutRecommends && (hasPam || names.some(bringsInitPath));
  if (recommended) return;
  const lacking = [...(hasPam ? [] : ["libpam-systemd"]), "dbus-user-session"];
  const { end } = placed.span;
  const written = image.text.slice(placed.span.start, end) === placed.name;
  const args = { packages: listed(lacking) };
  yield {
    span: placed.span,
    message: say("packages", args),
    fixes: [
      written
        ? editFix(
            image.edit.replace({ start: end, end }, ` ${lacking.join(" ")}`),
            say("install", args),
            false,
          )
        : undefined,
    ],
  };
}
