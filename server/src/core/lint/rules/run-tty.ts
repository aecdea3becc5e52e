import { isGuess } from "../queries/boot-guess";
import { onPodman } from "../queries/engine";
import { addTitle, stepsFix } from "../queries/fixes";
import { lacking } from "../queries/lacking";
import { placeOf } from "../queries/run-file";
import { containerRule } from "../rule";

export const runTty = containerRule({
  id: "run-tty",
  title: "Allocate a TTY for boot messages",
  severity: "hint",
  lasting: true,
  why: `
    systemd writes its boot messages to \`/dev/console\`, and Docker creates this device only for containers with a
    TTY. Without one, \`docker logs\` stays empty, even if the container fails to boot.
  `,
  consequence: "The container boots, but its log stays empty.",
  symptoms: ["empty-log"],
  ignore: "If you read the journal instead of the container's log, you can disable this rule.",
  evidence: {
    measured:
      "Docker 20.10, 26.1 and 28.5, cgroup v1 and v2, systemd 247, 252, 257 and 262: the container boots with and without a TTY.",
  },
  messages: {
    found:
      "The container has no TTY, so systemd's boot messages are lost and the container's log stays empty.",
  },
  *check(subject, say) {
    const { source } = subject;
    if (onPodman(subject) || isGuess(subject)) return;
    const steps = lacking(subject, ["tty"]);
    if (steps.length === 0) return;
    yield {
      span: placeOf(source, { key: "tty" }),
      message: say("found"),
      fixes: () => [stepsFix(source, steps, addTitle(source, steps), true)],
    };
  },
});
