import { flags } from "../../container/flags";
import type { SpecChange } from "../../container/spec";
import { applySteps, bareSpec } from "../../container/spec";
import { flow } from "../../yaml/write";
import type { Dialect } from "./dialect";
import { writeItem, writeSingle } from "./render";

/** How a file spells a step, for titles: `stop_signal: SIGRTMIN+3`. A setting without a key is spelled as a flag. */
export function toDisplay(dialect: Dialect, step: SpecChange): string {
  const { singles, lists, environment } = dialect;
  switch (step.do) {
    case "setEnv":
      return `${environment}: ${step.name}=${step.value}`;
    case "unsetEnv":
      return `${environment}: ${step.name}`;
    case "add":
    case "drop": {
      const value = writeItem(dialect, step.key, step.value);
      return value === undefined ? asFlag(step) : `${lists[step.key]?.name}: ${flow(value)}`;
    }
    case "unset":
    case "set": {
      const name = singles[step.key as keyof typeof singles]?.name ?? lists[step.key as "tmpfs"]?.name;
      if (name === undefined) return asFlag(step);
      const value = step.do === "set" ? writeSingle(dialect, step.key, step.value) : undefined;
      return value === undefined ? name : `${name}: ${flow(value)}`;
    }
  }
}

/** How a command line spells a step. */
export function asFlag(step: SpecChange): string {
  if (step.do === "unset") return nameOfFlag(step.key);
  const written = step.do === "drop" ? ({ ...step, do: "add" } as SpecChange) : step;
  return flags(applySteps(bareSpec, [written])).join(" ");
}

function nameOfFlag(key: string): string {
  if (key === "command" || key === "entrypoint") return key;
  const written = key in bareSpec ? key : flags({ ...bareSpec, [key]: "" }).join(" ");
  return written.replace(/=.*/s, "");
}
