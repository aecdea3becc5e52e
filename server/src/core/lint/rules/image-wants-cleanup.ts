import { bootTarget } from "../../boot/target";
import { handlesNologin, loginServer } from "../queries/package-facts";
import { editFix } from "../queries/shared";
import { instead, maskList, movedBefore } from "../queries/wants-fixes";
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
  examples: [
    {
      says: "What was enabled before is switched off again.",
      source: `
        FROM debian:12
        ENV container=docker
        RUN apt-get update && apt-get install -y systemd systemd-sysv dbus nginx
        RUN systemctl enable nginx.service
        RUN rm -f /etc/systemd/system/*.wants/*
        #         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ nginx.service was enabled
        RUN systemctl set-default multi-user.target
        RUN : > /etc/machine-id
        STOPSIGNAL SIGRTMIN+3
        CMD ["/sbin/init"]
      `,
      fixed: `
        FROM debian:12
        ENV container=docker
        RUN apt-get update && apt-get install -y systemd systemd-sysv dbus nginx
        RUN rm -f /etc/systemd/system/*.wants/*
        RUN systemctl enable nginx.service
        RUN systemctl set-default multi-user.target
        RUN : > /etc/machine-id
        STOPSIGNAL SIGRTMIN+3
        CMD ["/sbin/init"]
      `,
      boot: {
        before: { state: "running", inactive: ["nginx.service"] },
        after: { state: "running", stopCode: 0 },
      },
    },
    {
      says: "The loop of the CentOS recipe under Debian's sh.",
      source: `
        FROM debian:12
        ENV container=docker
        RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
        RUN (cd /lib/systemd/system/sysinit.target.wants/; for i in *; do [ $i == systemd-tmpfiles-setup.service ] || rm -f $i; done)
        #                                                                      ^^ all of them are deleted
        RUN systemctl set-default multi-user.target
        RUN : > /etc/machine-id
        STOPSIGNAL SIGRTMIN+3
        CMD ["/sbin/init"]
      `,
      fixed: `
        FROM debian:12
        ENV container=docker
        RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
        RUN (cd /lib/systemd/system/sysinit.target.wants/; for i in *; do [ $i = systemd-tmpfiles-setup.service ] || rm -f $i; done)
        RUN systemctl set-default multi-user.target
        RUN : > /etc/machine-id
        STOPSIGNAL SIGRTMIN+3
        CMD ["/sbin/init"]
      `,
    },
    {
      says: "Users are to log in, and systemd-user-sessions goes.",
      source: `
        FROM debian:12
        ENV container=docker
        RUN apt-get update && apt-get install -y systemd systemd-sysv dbus openssh-server
        RUN rm -f /lib/systemd/system/multi-user.target.wants/*
        #         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ /run/nologin stays
        RUN systemctl set-default multi-user.target
        RUN : > /etc/machine-id
        STOPSIGNAL SIGRTMIN+3
        CMD ["/sbin/init"]
      `,
      fixed: `
        FROM debian:12
        ENV container=docker
        RUN apt-get update && apt-get install -y systemd systemd-sysv dbus openssh-server
        RUN systemctl mask ${maskList}
        RUN systemctl set-default multi-user.target
        RUN : > /etc/machine-id
        STOPSIGNAL SIGRTMIN+3
        CMD ["/sbin/init"]
      `,
    },
    {
      says: "A directory of links goes with all that is in it, below WORKDIR too.",
      source: `
        FROM debian:12
        ENV container=docker
        RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
        WORKDIR /lib/systemd/system
        RUN rm -rf sysinit.target.wants && systemctl set-default multi-user.target
        #          ^^^^^^^^^^^^^^^^^^^^ takes systemd-tmpfiles-setup out of the boot
        RUN ln -s "$(command -v bash)" /usr/local/bin/shell && : > /etc/machine-id
        STOPSIGNAL SIGRTMIN+3
        CMD ["/sbin/init"]
      `,
      fixed: `
        FROM debian:12
        ENV container=docker
        RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
        WORKDIR /lib/systemd/system
        RUN systemctl mask ${maskList} && systemctl set-default multi-user.target
        RUN ln -s "$(command -v bash)" /usr/local/bin/shell && : > /etc/machine-id
        STOPSIGNAL SIGRTMIN+3
        CMD ["/sbin/init"]
      `,
    },
    {
      says: "A directory that is kept, one that a container does without, links that are made again.",
      source: `
        FROM debian:12
        ENV container=docker
        RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
        RUN rm -f /lib/systemd/system/sysinit.target.wants || true
        RUN rm -rf /lib/systemd/system/getty.target.wants
        RUN cd /lib/systemd/system/sysinit.target.wants && rm -f * && ln -s ../systemd-tmpfiles-setup.service .
        RUN systemctl set-default multi-user.target
        RUN : > /etc/machine-id
        STOPSIGNAL SIGRTMIN+3
        CMD ["/sbin/init"]
      `,
    },
    {
      says: "The same loop under bash spares what it means to spare.",
      source: `
        FROM rockylinux:9
        ENV container=docker
        RUN dnf -y install systemd
        RUN (cd /lib/systemd/system/sysinit.target.wants/; for i in *; do [ $i == systemd-tmpfiles-setup.service ] || rm -f $i; done)
        RUN rm -f /lib/systemd/system/sockets.target.wants/*udev*
        RUN systemctl set-default multi-user.target
        RUN : > /etc/machine-id
        STOPSIGNAL SIGRTMIN+3
        CMD ["/sbin/init"]
      `,
    },
    {
      says: "Other ways to write the loop: what it spares cannot always be read, and then nothing is said.",
      source: `
        FROM rockylinux:9
        ENV container=docker
        RUN dnf -y install systemd
        RUN cd /lib/systemd/system/sysinit.target.wants && for i in *; do [ "_$i" = _systemd-tmpfiles-setup.service ] || rm -f "$i"; done
        RUN cd /lib/systemd/system/sysinit.target.wants && for i in *; do [[ $i == *tmpfiles* ]] || rm -f "$i"; done
        RUN cd /lib/systemd/system/sysinit.target.wants && for i in *; do case $i in *tmpfiles*) ;; *) rm -f "$i" ;; esac; done
        RUN cd /lib/systemd/system/sysinit.target.wants && for i in *; do if [ $i = systemd-tmpfiles-setup.service ]; then true; else rm -f $i; fi; done
        RUN systemctl set-default multi-user.target
        RUN : > /etc/machine-id
        STOPSIGNAL SIGRTMIN+3
        CMD ["/sbin/init"]
      `,
    },
    {
      says: "A find that keeps journald, tmpfiles and user-sessions.",
      source: `
        FROM debian:12
        ENV container=docker
        RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
        RUN find /etc/systemd/system /lib/systemd/system -path '*.wants/*' -not -name '*journald*' -not -name '*systemd-tmpfiles*' -not -name '*systemd-user-sessions*' -exec rm {} +
        RUN systemctl set-default multi-user.target
        RUN : > /etc/machine-id
        STOPSIGNAL SIGRTMIN+3
        CMD ["/sbin/init"]
      `,
    },
  ],
});
