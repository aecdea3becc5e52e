import type { SpecChange } from "../../container/spec";
import { isGuess } from "../queries/boot-guess";
import { stepsFix } from "../queries/fixes";
import { placeOf } from "../queries/run-file";
import { containerRule } from "../rule";

export const runRestart = containerRule({
  id: "run-restart",
  title: "Let a container that was halted stay down",
  severity: "hint",
  why: `
    \`poweroff\`, \`halt\` and \`reboot\` in the container end it with exit code 0. With \`always\` the engine
    starts it again, and again after a restart of the engine even when it was stopped by hand. A container
    that does not boot goes round in a loop. \`unless-stopped\` leaves alone what was stopped.
  `,
  consequence: "What is stopped comes back, and a boot that fails is tried for ever.",
  symptoms: ["boots-too-far"],
  ignore: "The container is to come back whatever was done to it.",
  evidence: {
    sourced: "Docker documentation, restart policies",
    why: "it shows when the engine itself is restarted, which the engines of the lab are not.",
  },
  messages: {
    found: "With {what} a container that was stopped comes back when the engine restarts.",
  },
  fixes: {
    fix: "Set {what}",
  },
  *check(subject, say) {
    const { source } = subject;
    if (source.spec.restart !== "always" || isGuess(subject)) return;
    const policy = (value: string): SpecChange => ({ do: "set", key: "restart", value });
    const right = policy("unless-stopped");
    yield {
      span: placeOf(source, { key: "restart" }),
      message: say("found", { what: source.toDisplay(policy("always")) }),
      get fixes() {
        return [stepsFix(source, [right], say("fix", { what: source.toDisplay(right) }), false)];
      },
    };
  },
});
