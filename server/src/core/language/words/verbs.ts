import { message } from "../../base/message";
import { noCost, type Word } from "./word";

const named = "systemctl(1)";
const rule = "image-systemctl-at-build";
const measured = "Docker 28.5, systemd 252";

const fails = message(
  "word.verb.fails",
  "Needs a running systemd, which a build does not have, so the build fails.",
);
const enabledInstead = message(
  "word.verb.instead",
  "With `systemctl enable`, the unit starts at boot instead.",
);

/** Verbs of systemctl in a build step. */
export const verbs: readonly Word[] = [
  {
    word: "enable",
    fact: message(
      "word.verb.enable",
      "Creates the links that the unit's [Install] section defines, so that the unit starts when the container boots.",
    ),
    cost: message("word.verb.enable-cost", "The build fails if the image does not contain the unit yet."),
    source: { named, measured, rule: "image-enable-order" },
    offered: true,
  },
  {
    word: "disable",
    fact: message(
      "word.verb.disable",
      "Removes the links that enable the unit. Another unit can still start it.",
    ),
    cost: noCost,
    source: { named },
    offered: true,
  },
  {
    word: "mask",
    fact: message("word.verb.mask", "Links the unit to /dev/null, so nothing can start it."),
    cost: message(
      "word.verb.mask-cost",
      "Units that depend on it can fail. Masking works even if the unit does not exist.",
    ),
    source: { named, measured, rule: "image-unit-name" },
    offered: true,
  },
  {
    word: "unmask",
    fact: message("word.verb.unmask", "Removes the link to /dev/null."),
    cost: noCost,
    source: { named },
    offered: true,
  },
  {
    word: "set-default",
    fact: message(
      "word.verb.set-default",
      "Links default.target to the given target, which systemd then boots into.",
    ),
    cost: message("word.verb.set-default-cost", "The build fails if the target does not exist."),
    source: { named, measured, rule: "image-boot-target" },
    offered: true,
  },
  {
    word: "add-wants",
    fact: message(
      "word.verb.add-wants",
      "The target starts the unit, whatever the unit's [Install] section contains.",
    ),
    cost: noCost,
    source: { named },
    offered: true,
  },
  ...["start", "restart", "reload", "stop", "status", "is-active", "daemon-reload", "isolate"].map(
    (word) => ({
      word,
      fact: fails,
      cost: enabledInstead,
      source: { named, measured, rule },
    }),
  ),
  ...["try-restart", "reload-or-restart", "daemon-reexec"].map((word) => ({
    word,
    fact: fails,
    cost: enabledInstead,
    source: { named, rule },
  })),
];
