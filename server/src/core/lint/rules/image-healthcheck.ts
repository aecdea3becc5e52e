import { readDuration } from "../../base/duration";
import type { Instruction } from "../../image/image";
import { editFix } from "../queries/fixes";
import { imageRule } from "../rule";

/** Without `--timeout` a check is given 30 seconds (Dockerfile reference). */
const defaultTimeout = 30;
/** A boot takes seconds; with slow services a minute and more. */
const enough = 60;

const tolerant = "CMD systemctl is-system-running | grep -qE '^(running|degraded)$'";

export const imageHealthcheck = imageRule({
  id: "image-healthcheck",
  title: "Let a health check tell one failed unit from a dead system",
  severity: "warning",
  why: `
    \`systemctl is-system-running\` succeeds only in the state \`running\`. One failed unit, and be it one that
    no container can run, makes the state \`degraded\`: the command fails, and the engine calls a container
    unhealthy in which everything that matters works. With \`--wait\` the command does not return before the
    boot is over, which a check's timeout may not allow.

    Better than either is to ask for the service that the container is for: \`systemctl is-active my.service\`.
  `,
  consequence: "The container is reported unhealthy although its services run.",
  symptoms: ["degraded"],
  ignore:
    "Every unit of the image has to run: then a single failed one may well make the container unhealthy.",
  evidence: {
    sourced: "systemctl(1), is-system-running: exit status 0 for running only, --wait since 240",
    why: "how long a slow boot takes depends on its services; those of the lab are over before a check begins.",
  },
  sources: ["systemctl(1)"],
  messages: {
    degraded:
      "is-system-running fails in the state degraded: a single failed unit makes the container unhealthy. Accept degraded, or ask for your service with systemctl is-active.",
    wait: "--wait returns when the boot is over, and this check is stopped after {timeout} seconds: a slow boot is unhealthy. Ask without --wait.",
  },
  fixes: {
    fix: "Accept running and degraded",
  },
  *check({ image }, say) {
    const check = image.healthcheck;
    const asking = check?.arguments.split(/[|;&]/).filter((part) => /\bis-system-running\b/.test(part)) ?? [];
    if (!check || asking.length === 0) return;
    const waits = asking.some((part) => /--wait\b/.test(part));
    const timeout = timeoutOf(check);
    const alone = !/degraded|\|\|\s*(true|:|exit 0)|maintenance|failed/.test(check.arguments);
    if (!alone && !(waits && timeout < enough)) return;
    yield {
      span: check.argumentsSpan,
      message: alone ? say("degraded") : say("wait", { timeout: String(timeout) }),
      fixes: [
        editFix(image.edit.replace(check.argumentsSpan, `${optionsOf(check)}${tolerant}`), say("fix"), false),
      ],
    };
  },
});

/** Seconds that a check may take. */
function timeoutOf({ arguments: text }: Instruction): number {
  const written = /--timeout=(\S+)/.exec(text)?.[1];
  if (!written) return defaultTimeout;
  return readDuration(written.replace(/^["']|["']$/g, "")) ?? defaultTimeout;
}

function optionsOf({ arguments: text }: Instruction): string {
  return /^(?:--\S+\s+)*/.exec(text)?.[0] ?? "";
}
