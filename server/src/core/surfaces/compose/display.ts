import type { SpecChange } from "../../container/spec";
import { flow } from "../../yaml/write";
import { lists, singles } from "./fields";
import { writeItem, writeSingle } from "./render";

/** How compose spells a step, for titles: `stop_signal: SIGRTMIN+3`. */
export function toDisplay(step: SpecChange): string {
  switch (step.do) {
    case "setEnv":
      return `environment: ${step.name}=${step.value}`;
    case "unsetEnv":
      return `environment: ${step.name}`;
    case "add":
    case "drop":
      return `${lists[step.key].name}: ${flow(writeItem(step.key, step.value))}`;
    case "unset":
      if (step.key === "systemd") return "--systemd";
      return step.key in singles
        ? singles[step.key as keyof typeof singles].name
        : lists[step.key as "tmpfs"].name;
    case "set": {
      if (step.key === "systemd") return `--systemd=${step.value}`;
      const value = writeSingle(step.key, step.value);
      return value === undefined ? singles[step.key].name : `${singles[step.key].name}: ${flow(value)}`;
    }
  }
}
