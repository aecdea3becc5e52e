import { grouped } from "../../base/grouped";
import type { Edit } from "../../base/text";
import { bootTarget } from "../../boot/target";
import type { Command, Image, UnitAction } from "../../image/image";
import type { ImageSubject } from "../../project/subject";
import { losesIgnore, withoutCommands, withoutWord } from "../queries/build-steps";
import { editFix } from "../queries/fixes";
import { handlesNologin, loginServer } from "../queries/logins";
import {
  type Deletion,
  deletions,
  linkTaker,
  relinker,
  repeater,
  type WantsLink,
} from "../queries/wants-links";
import { imageRule, type SayOf, type Violation } from "../rule";

const tmpfilesSetup = {
  folder: "lib",
  target: "sysinit.target",
  unit: "systemd-tmpfiles-setup.service",
} as const;
const userSessions = {
  folder: "lib",
  target: "multi-user.target",
  unit: "systemd-user-sessions.service",
} as const;

const distributionTarget = /^(default|multi-user|graphical|basic|sysinit|rescue|emergency)\.target$/;

/** Units that a container does not need, because the engine or the host does their work. */
export const maskList = [
  ...["systemd-remount-fs.service", "dev-hugepages.mount", "sys-fs-fuse-connections.mount"],
  ...["getty.target", "console-getty.service", "systemd-udev-trigger.service", "systemd-udevd.service"],
  ...["systemd-random-seed.service", "systemd-machine-id-commit.service"],
].join(" ");

const messages = {
  enabled: "This deletes the links that enable {units}. Move it above systemctl enable.",
  test: "sh is dash here, which does not support ==: the test always fails and every link is deleted, even that of systemd-tmpfiles-setup. Use =.",
  tmpfiles:
    "This removes systemd-tmpfiles-setup from the boot, so directories under /run that services need are not created. Mask unneeded units instead.",
  sessions:
    "This removes systemd-user-sessions from the boot, so /run/nologin remains and {server} rejects all users except root. Mask unneeded units instead.",
  all: "This deletes multi-user.target links that packages install, including systemd-user-sessions. Mask unneeded units instead.",
  here: "enabled here",
} as const;

const fixes = {
  equals: "Replace with =",
  move: "Move the command above the line that enables {unit}",
  mask: "Mask unneeded units instead (not equivalent)",
  keep: "Keep these links",
} as const;

type Say = SayOf<typeof messages & typeof fixes>;

export const imageWantsCleanup = imageRule({
  id: "image-wants-cleanup",
  title: "Do not delete required .wants links",
  severity: "warning",
  why: `
    Recipes that delete \`*.wants/*\` were written for CentOS 7. A link in a wants directory starts a unit, so these
    recipes disable more than intended: systemd-tmpfiles-setup, which creates the directories under /run that
    services need; systemd-user-sessions, which removes /run/nologin so that users can log in; and services that an
    earlier line enabled. The loop that keeps one unit compares with \`==\`, which bash supports but dash, Debian's
    sh, does not. Under dash the test always fails, and every link is deleted.

    \`systemctl mask\` with a list of units disables only those units. Most units that the recipes target already
    check whether they run in a container.
  `,
  consequence: "Services do not start, lack their directories, or reject logins.",
  symptoms: ["degraded", "login-refused"],
  ignore:
    "If the image is a base that must run only the services that you enable later, and only root logs in, you can disable this rule.",
  evidence: {
    sourced: "systemd's units and their [Install] sections; POSIX test, which has no ==",
    why: "the recorded boots cover only one such command. A boot of Debian sid with systemd 262 showed that without the links in multi-user.target.wants, /run/nologin remains and D-Bus starts only when its socket is used.",
  },
  sources: ["systemd.unit(5)", "systemctl(1)"],
  messages,
  fixes,
  *check(subject, say) {
    const { image, boot, uri } = subject;
    // A custom target determines which units a boot needs.
    const chosen = bootTarget(image, boot.argv)?.unit;
    const ownTarget = chosen !== undefined && !distributionTarget.test(chosen);
    const all = deletions(image);
    const ofRun = grouped(all, ({ command }) => command.run);
    const told = new Set<string>();
    /** All deletions in this RUN that remove the link; empty if they were returned for an earlier deletion. */
    const losing = (deletion: Deletion, link: WantsLink) => {
      const { run } = deletion.command;
      const key = `${link.unit} ${run.index}`;
      if (told.has(key) || !loses(deletion, link)) return [];
      told.add(key);
      return ofRun.get(run)?.filter((other) => loses(other, link)) ?? [];
    };
    const relinked = relinker(image);
    const takingFrom = repeater(all);
    const loses = (deletion: Deletion, link: WantsLink) =>
      deletion.removes(link) && !relinked(deletion, link.unit);
    // The unit that creates /run/nologin is also deleted, so nothing needs to remove the file.
    const noNologin = handlesNologin(image) || all.some(({ removes }) => removes(tmpfilesSetup));
    const takeLinks = linkTaker(image.units);
    for (const [at, deletion] of all.entries()) {
      const enabled = takeLinks(deletion);
      const [first] = enabled;
      if (first) {
        const taking = takingFrom(at, first);
        const moved = taking && movedBefore(subject, taking, first);
        yield {
          span: deletion.span,
          severity: "error",
          message: say("enabled", { units: enabled.map(({ unit }) => unit).join(", ") }),
          fixes: [editFix(moved, say("move", { unit: first.unit }), false)],
          related: [{ uri, span: first.span, message: say("here") }],
        };
      }
      yield* wrongTest(image, deletion, say);
      if (ownTarget) continue;
      const tmpfiles = deletion.wrongTest ? [] : losing(deletion, tmpfilesSetup);
      if (tmpfiles.length > 0) {
        yield {
          span: deletion.span,
          message: say("tmpfiles"),
          fixes: () => instead(subject, tmpfiles, say),
        };
      }
      const sessions = losing(deletion, userSessions);
      if (sessions.length === 0) continue;
      const server = noNologin ? undefined : loginServer(image);
      // The warning for the same RUN is enough.
      const isTold = ofRun
        .get(deletion.command.run)
        ?.some((one) => !one.wrongTest && loses(one, tmpfilesSetup));
      if (!server && isTold) continue;
      yield {
        span: deletion.span,
        severity: server ? "warning" : "hint",
        message: server ? say("sessions", { server }) : say("all"),
        fixes: () => instead(subject, sessions, say),
      };
    }
  },
});

/** Reports `[ == ]`, which dash does not support. */
function* wrongTest({ edit }: Image, { wrongTest: span }: Deletion, say: Say): Generator<Violation, void> {
  if (!span) return;
  yield { span, message: say("test"), fixes: [editFix(edit.replace(span, "="), say("equals"), true)] };
}

/** Removes paths from their commands, or an entire command if it deletes nothing else. */
function dropped(subject: ImageSubject, deletions: readonly Deletion[]): readonly Edit[] | undefined {
  const emptied: Command[] = [];
  const edits: Edit[] = [];
  for (const [command, gone] of grouped(deletions, commandOf)) {
    if (isEmptied(command, gone)) emptied.push(command);
    else edits.push(...gone.flatMap(({ span }) => withoutWord(subject.image, span)));
  }
  const removal = withoutCommands(subject, emptied);
  return removal && [...edits, ...removal];
}

const commandOf = ({ command }: Deletion) => command;

/** Whether a command deletes nothing besides the given deletions. */
function isEmptied({ words }: Command, gone: readonly Deletion[]): boolean {
  const operands = words.slice(1).filter((word) => !word?.startsWith("-"));
  return gone.some(({ path }) => path === undefined) || operands.length === gone.length;
}

/** Moves the command that deletes a link above the instruction that creates the link. */
function movedBefore(
  subject: ImageSubject,
  deletions: readonly Deletion[],
  { instruction }: UnitAction,
): readonly Edit[] | undefined {
  const { text, edit } = subject.image;
  const movable = ({ run }: Command) => run !== instruction && run.stage === instruction.stage;
  if (!deletions.every(({ command }) => movable(command))) return undefined;
  const removal = dropped(subject, deletions);
  if (!removal || losesIgnore(subject.image, removal)) return undefined;
  const commands = [...grouped(deletions, commandOf)].map(([{ words, span }, gone]) => {
    if (gone.some(({ path }) => path === undefined)) return text.slice(span.start, span.end);
    const options = words.filter((word) => word?.startsWith("-"));
    return ["rm", ...options, ...new Set(gone.map(({ path }) => path))].join(" ");
  });
  return [...edit.insertBefore(instruction, `RUN ${[...new Set(commands)].join(" && ")}`), ...removal];
}

/** The fixes for the deletions of one RUN: mask a list of units instead, or keep the links. */
function instead(subject: ImageSubject, deletions: readonly Deletion[], say: Say) {
  const known = deletions.every(({ path }) => path !== undefined);
  return [
    editFix(known ? masked(subject, deletions) : undefined, say("mask"), false),
    editFix(known ? dropped(subject, deletions) : undefined, say("keep"), false),
  ];
}

function masked(subject: ImageSubject, deletions: readonly Deletion[]): readonly Edit[] | undefined {
  const { image } = subject;
  const mask = `systemctl mask ${maskList}`;
  const [[command, gone] = []] = grouped(deletions, commandOf);
  if (!command || !gone) return undefined;
  const rest = dropped(subject, deletions.slice(gone.length));
  if (!rest) return undefined;
  if (isEmptied(command, gone)) return [...image.edit.replace(command.span, mask), ...rest];
  const { end } = command.span;
  const words = gone.flatMap(({ span }) => withoutWord(image, span));
  return [...words, ...image.edit.replace({ start: end, end }, ` && ${mask}`), ...rest];
}
