import { readDuration } from "../../base/duration";
import type { Instruction } from "../../image/image";
import { editFix } from "../queries/fixes";
import { imageRule } from "../rule";

/** Default timeout of a check in seconds (Dockerfile reference). */
const defaultTimeout = 30;
/** In seconds: most boots take less time than this, but slow services can take longer. */
const enough = 60;

const tolerant = "CMD systemctl is-system-running | grep -qE '^(running|degraded)$'";

export const imageHealthcheck = imageRule({
  id: "image-healthcheck",
  title: "Do not report a degraded system as unhealthy",
  severity: "warning",
  why: `
    \`systemctl is-system-running\` succeeds only in the state \`running\`. A single failed unit, even one that cannot
    run in any container, makes the state \`degraded\`. The command then fails, and the engine reports the container
    as unhealthy although its services work. With \`--wait\`, the command returns only after the boot finishes, and the
    boot can take longer than the check's timeout.

    It is better to check the container's main service: \`systemctl is-active my.service\`.
  `,
  consequence: "The container is reported as unhealthy even though its services run.",
  symptoms: ["degraded"],
  ignore:
    "If every unit of the image must run, and a single failed unit should make the container unhealthy, you can disable this rule.",
  evidence: {
    sourced: "systemctl(1), is-system-running: exit status 0 for running only, --wait since 240",
    why: "the tested boots finish before the first check. How long a boot takes depends on the image's services.",
  },
  sources: ["systemctl(1)"],
  messages: {
    degraded:
      "A single failed unit makes this check fail (state degraded). Accept degraded, or check your service with systemctl is-active.",
    wait: "--wait blocks until the boot finishes, but this check times out after {timeout} seconds. Remove --wait.",
  },
  fixes: {
    fix: "Replace with a check that accepts running and degraded",
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

/** The number of seconds that a check may take. */
function timeoutOf({ arguments: text }: Instruction): number {
  const written = /--timeout=(\S+)/.exec(text)?.[1];
  if (!written) return defaultTimeout;
  return readDuration(written.replace(/^["']|["']$/g, "")) ?? defaultTimeout;
}

function optionsOf({ arguments: text }: Instruction): string {
  return /^(?:--\S+\s+)*/.exec(text)?.[0] ?? "";
}
