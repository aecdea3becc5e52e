import type { BootReport, ConsoleLog, Engine } from "../../../../client/src/ports";
import type { ExplainResult } from "../../protocol";
import type { BootCause, BootCheck, BootRow } from "../formats/format";

/** What is known of a boot at each moment: when it has to end at once, this is what is reported. */
export interface Course {
  engine?: Engine;
  state: BootRow["state"];
  /** The console, while it is read. */
  read?: () => ConsoleLog;
  report?: BootReport;
  why?: ExplainResult;
  stopped?: BootRow["stopped"];
  readonly checks: BootCheck[];
  /** Causes that come from elsewhere than the log: a fault of the engine, a plan that is refused, lint. */
  readonly causes: BootCause[];
  /** Units that are not up yet. */
  starting: BootRow["starting"];
  /** The end of what the builder wrote, or where an engine was looked for in vain. */
  readonly output: string[];
  /** The container that is kept. */
  kept?: string;
  removeBy: readonly string[];
}

export function newCourse(): Course {
  return { state: "connecting", checks: [], causes: [], starting: [], output: [], removeBy: [] };
}

/** Notes a check. */
export function note(
  course: Course,
  id: BootCheck["id"],
  expects: string,
  passed: boolean,
  found = "",
  lines: readonly string[] = [],
): void {
  course.checks.push({ id, expects, passed, found, lines });
}
