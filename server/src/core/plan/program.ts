import { message } from "../base/message";
import type { SpecChange } from "../container/spec";
import type { ImageFacts, LaunchOptions, Requirement } from "./types";

/** PID 1 accepts these as arguments, including in a container (systemd(1)). */
const debugArguments = ["--log-level=debug", "--log-target=console"];

/**
 * The equivalent for a systemd that is started by a script, which might not pass arguments on (systemd(1),
 * ENVIRONMENT).
 */
const debugEnvironment = { SYSTEMD_LOG_LEVEL: "debug", SYSTEMD_LOG_TARGET: "console" };

/** The program to start; undefined if the image starts systemd and no option is added. */
export function program(image: ImageFacts, { debug }: LaunchOptions): Requirement | undefined {
  const { command, direct, argv } = image;
  const replaced = command?.length ? command : undefined;
  if (debug) return debugging(image, replaced ?? (direct ? argv : undefined));
  if (!replaced) return undefined;
  return {
    id: "command",
    steps: startSteps(image, replaced),
    reason: message("plan.command", "The image does not start systemd by default."),
  };
}

function debugging(image: ImageFacts, words: readonly string[] | undefined): Requirement {
  const id = "debug";
  const cost = message("plan.debug-cost", "The boot log becomes many times longer.");
  if (words) {
    const reason = message("plan.debug", "Enables systemd debug logging on the console.");
    return { id, steps: startSteps(image, [...words, ...debugArguments]), reason, cost };
  }
  const steps = Object.entries(debugEnvironment).map(
    ([name, value]): SpecChange => ({ do: "setEnv", name, value }),
  );
  const reason = message(
    "plan.debug-environment",
    "Enables systemd debug logging on the console. Environment variables are used because an entrypoint script might not pass on arguments.",
  );
  return { id, steps, reason, cost };
}

function startSteps({ hasEntrypoint }: ImageFacts, words: readonly string[]): SpecChange[] {
  if (!hasEntrypoint) return [{ do: "set", key: "command", value: { words } }];
  return [
    { do: "set", key: "entrypoint", value: { words: words.slice(0, 1) } },
    { do: "set", key: "command", value: { words: words.slice(1) } },
  ];
}
