import { bootTarget } from "../../boot/target";
import { handlesNologin, loginServer } from "../queries/package-facts";
import { editFix } from "../queries/shared";
import { instead, movedBefore } from "../queries/wants-fixes";
import {
  type Deletion,
  deletions,
  grouped,
  linkTaker,
  relinker,
  repeater,
  type WantsLink,
} from "../queries/wants-links";
import { imageRule } from "../rule";

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

const messages = {
  enabled:
    "{units} was enabled above, and this deletes its link again: it is not started. Delete before enabling.",
  test: "sh is dash here, whose test has no ==: it fails for every unit, so all of them are deleted, systemd-tmpfiles-setup too. Write =.",
  tmpfiles:
    "This takes systemd-tmpfiles-setup out of the boot: the directories below /run that services expect are not made. Mask what is unwanted instead.",
  sessions:
    "This takes systemd-user-sessions out of the boot: /run/nologin stays, and {server} refuses everybody but root. Mask what is unwanted instead.",
  all: "This deletes what multi-user.target starts by its packages, systemd-user-sessions among it. Mask what is unwanted instead.",
  here: "enabled here",
} as const;

const fixes = {
  equals: "Write =",
  move: "Delete before {unit} is enabled",
  mask: "Mask a list of units instead (not the same)",
  keep: "Keep these links",
} as const;

export const imageWantsCleanup = imageRule({
  id: "image-wants-cleanup",
  title: "Keep the links that a boot needs",
  severity: "warning",
  why: `
    The recipes that delete \`*.wants/*\` were written for CentOS 7. A link in a wants directory is what
    starts a unit, so they switch off more than was meant: systemd-tmpfiles-setup, which makes the
    directories below /run that services expect; systemd-user-sessions, which removes /run/nologin and lets
    users log in; services that an earlier line enabled. The loop that spares one unit tests with \`==\`,
    which bash knows and dash, Debian's sh, does not: there the test fails each time, and everything goes.

    \`systemctl mask\` with a list of units says what is unwanted and touches nothing else. Most units that
    the recipes were after check by themselves whether they run in a container.
  `,
  consequence: "Services that should run do not start, miss their directories, or refuse logins.",
  symptoms: ["degraded", "login-refused"],
  ignore:
    "The image is a base in which nothing but what you enable later is to run, and nobody but root logs in.",
  evidence: {
    sourced: "systemd's units and their [Install] sections; POSIX test, which has no ==",
    why: "The measured images keep their links; that user-sessions not started leaves /run/nologin was measured with sysinit.target.",
  },
  sources: ["systemd.unit(5)", "systemctl(1)"],
  messages,
  fixes,
  *check(subject, say) {
    const { image, boot, uri } = subject;
    // A target of the author's own says itself what a boot needs.
    const chosen = bootTarget(image, boot.argv)?.unit;
    const ownTarget = chosen !== undefined && !distributionTarget.test(chosen);
    const all = deletions(image);
    const ofRun = grouped(all, ({ command }) => command.run);
    const told = new Set<string>();
    /** The deletions of a RUN that take a link, once: at the first of them. */
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
    // What makes /run/nologin is deleted as well: then nobody has to remove it.
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
      if (deletion.wrongTest) {
        yield {
          span: deletion.wrongTest,
          message: say("test"),
          fixes: [editFix(image.edit.replace(deletion.wrongTest, "="), say("equals"), true)],
        };
      }
      if (ownTarget) continue;
      const tmpfiles = deletion.wrongTest ? [] : losing(deletion, tmpfilesSetup);
      if (tmpfiles.length > 0) {
        yield { span: deletion.span, message: say("tmpfiles"), fixes: instead(subject, tmpfiles, say) };
      }
      const sessions = losing(deletion, userSessions);
      if (sessions.length === 0) continue;
      const server = noNologin ? undefined : loginServer(image);
      yield {
        span: deletion.span,
        severity: server ? "warning" : "hint",
        message: server ? say("sessions", { server }) : say("all"),
        fixes: instead(subject, sessions, say),
      };
    }
  },
});
