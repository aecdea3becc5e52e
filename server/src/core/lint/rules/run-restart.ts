import type { SpecChange } from "../../container/spec";
import { isGuess } from "../queries/boot-guess";
import { stepsFix } from "../queries/fixes";
import { placeOf } from "../queries/run-file";
import { containerRule } from "../rule";

export const runRestart = containerRule({
  id: "run-restart",
  title: "Use restart: unless-stopped",
  severity: "hint",
  lasting: true,
  why: `
    \`poweroff\`, \`halt\` and \`reboot\` end the container with exit code 0. With \`always\`, the engine then starts
    the container again. When the engine itself restarts, it also starts containers that you stopped manually. A
    container that does not boot restarts in a loop. \`unless-stopped\` does not restart containers that you stopped.
  `,
  consequence: "A stopped container starts again, and a failed boot is retried forever.",
  symptoms: ["boots-too-far"],
  ignore: "If the container must always start again, you can disable this rule.",
  evidence: {
    sourced: "Docker documentation, restart policies",
    why: "the effect becomes visible only when the engine restarts, and our tests do not restart engines.",
  },
  messages: {
    found: "With {what}, a stopped container starts again when the engine restarts.",
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
      fixes: () => {
        return [stepsFix(source, [right], say("fix", { what: source.toDisplay(right) }), false)];
      },
    };
  },
});
