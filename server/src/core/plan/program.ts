import { message } from "../base/message";
import type { SpecChange } from "../container/spec";
import type { ImageFacts, LaunchOptions, Requirement } from "./types";

/** systemd(1): PID 1 takes them as arguments, also in a container. */
const debugArguments = ["--log-level=debug", "--log-target=console"];

/** The same for a systemd that is started by a script, which may not hand arguments on (systemd(1), ENVIRONMENT). */
const debugEnvironment = { SYSTEMD_LOG_LEVEL: "debug", SYSTEMD_LOG_TARGET: "console" };

/** What is started: nothing has to be said where the image starts systemd by itself and nothing is added. */
export function program(image: ImageFacts, { debug }: LaunchOptions): Requirement | undefined {
  const { command, direct, argv } = image;
  const replaced = command?.length ? command : undefined;
  if (debug) return debugging(image, replaced ?? (direct ? argv : undefined));
  if (!replaced) return undefined;
  return {
    id: "command",
    steps: startSteps(image, replaced),
    reason: message("plan.command", "The image does not start systemd by itself."),
  };
}

function debugging(image: ImageFacts, words: readonly string[] | undefined): Requirement {
  const id = "debug";
  const cost = message("plan.debug-cost", "The log of a boot becomes many times as long.");
  if (words) {
    const reason = message("plan.debug", "systemd writes to the console all that it does.");
    return { id, steps: startSteps(image, [...words, ...debugArguments]), reason, cost };
  }
  const steps = Object.entries(debugEnvironment).map(
    ([name, value]): SpecChange => ({ do: "setEnv", name, value }),
  );
  const reason = message(
    "plan.debug-environment",
    "systemd writes to the console all that it does. Said by its environment, since a script starts it, which may not hand arguments on.",
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
