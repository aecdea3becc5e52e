import { message } from "../../base/message";
import { targets as known } from "../../systemd/unit-names";
import { noCost, type Word, wordIn } from "./word";

const special = "systemd.special(7)";
const rule = "image-boot-target";
const measured = "Docker 28.5, systemd 252";

const noServices = message(
  "word.target.no-services",
  "Enabled services are not started, and /run/nologin remains, so sshd and login reject users.",
);
const ends = message("word.target.ends", "As a boot target, it stops the container immediately.");

/** Targets that a container can boot into, and those that it should not boot into. */
const bootTargets: readonly Word[] = [
  {
    word: "multi-user.target",
    fact: message(
      "word.target.multi-user",
      "Starts the enabled services and allows logins, without a desktop.",
    ),
    cost: noCost,
    source: { named: special, measured, rule },
    offered: true,
  },
  {
    word: "graphical.target",
    fact: message("word.target.graphical", "Starts multi-user.target and the installed desktop components."),
    cost: message("word.target.graphical-cost", "It starts a display manager if one is installed."),
    source: { named: special, measured, rule },
    offered: true,
  },
  {
    word: "basic.target",
    fact: message("word.target.basic", "The end of early boot: sockets, timers and paths, but no services."),
    cost: noServices,
    source: { named: "bootup(7)", rule: "image-target-skips-services" },
    offered: true,
  },
  {
    word: "sysinit.target",
    fact: message("word.target.sysinit", "Early boot only: no services, no D-Bus, no logins."),
    cost: noServices,
    source: { named: "bootup(7)", measured, rule: "image-target-skips-services" },
  },
  {
    word: "rescue.target",
    fact: message("word.target.rescue", "Early boot, and a root shell on the console."),
    cost: noServices,
    source: { named: special, measured, rule: "image-unit-name" },
    offered: true,
  },
  {
    word: "emergency.target",
    fact: message("word.target.emergency", "A root shell on the console, and almost no units."),
    cost: noServices,
    source: { named: special },
    offered: true,
  },
  {
    word: "default.target",
    fact: message("word.target.default", "The target that systemd boots by default."),
    cost: message("word.target.default-cost", "Most distributions link it to graphical.target."),
    source: { named: special, measured, rule },
  },
  ...["halt", "poweroff", "reboot", "exit", "shutdown"].map((name) => ({
    word: `${name}.target`,
    fact: message("word.target.shutdown", "Stops every unit and shuts the system down."),
    cost: ends,
    source: { named: special },
  })),
];

/** The targets that completion offers, best first. */
export const offeredTargets: readonly Word[] = bootTargets.filter(({ offered }) => offered);

/** A description of a target; undefined if it is not part of systemd. */
export function targetWord(written: string): Word | undefined {
  const found = wordIn(bootTargets, written);
  if (found || !known.has(written)) return found;
  return {
    word: written,
    fact: message("word.target.other", "This target is part of systemd."),
    cost: message(
      "word.target.other-cost",
      "As a boot target, it starts only the units that it requires or wants.",
    ),
    source: { named: special, measured: "Debian 12, sid" },
  };
}
