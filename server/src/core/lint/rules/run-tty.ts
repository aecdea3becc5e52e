import { isGuess } from "../queries/boot-guess";
import { onPodman } from "../queries/engine";
import { addTitle, stepsFix } from "../queries/fixes";
import { lacking } from "../queries/lacking";
import { placeOf } from "../queries/run-file";
import { containerRule } from "../rule";

export const runTty = containerRule({
  id: "run-tty",
  title: "A terminal, to see systemd boot",
  severity: "hint",
  why: `
    systemd writes its boot messages to \`/dev/console\`, and Docker makes that device only for a container
    with a terminal. Without one, \`docker logs\` stays empty, and a container that does not boot leaves no
    word of why.
  `,
  consequence: "It boots, and nothing of it is seen in the container's log.",
  symptoms: ["empty-log"],
  ignore: "You read the journal, not the container's log.",
  evidence: {
    measured:
      "Docker 20.10, 26.1 and 28.5, cgroup v1 and v2, systemd 247, 252, 257 and 262: boots without a terminal as it does with one.",
  },
  messages: {
    found: "Without a terminal systemd's boot messages go nowhere: the container's log stays empty.",
  },
  *check(subject, say) {
    const { source } = subject;
    if (onPodman(subject) || isGuess(subject)) return;
    const steps = lacking(subject, ["tty"]);
    if (steps.length === 0) return;
    yield {
      span: placeOf(source, { key: "tty" }),
      message: say("found"),
      get fixes() {
        return [stepsFix(source, steps, addTitle(source, steps), true)];
      },
    };
  },
});
