import type { BootReport, ConsoleLog, Engine } from "../../../../client/src/ports";
import type { ExplainResult } from "../../protocol";
import type { BootCause, BootCheck, BootRow } from "../formats/format";

/** What is known about a boot so far. If the boot has to end at once, this is what is reported. */
export interface Course {
  engine?: Engine;
  state: BootRow["state"];
  /** The console log, while it is being read. */
  read?: () => ConsoleLog;
  report?: BootReport;
  why?: ExplainResult;
  stopped?: BootRow["stopped"];
  readonly checks: BootCheck[];
  /** Causes from sources other than the log: an engine fault, a plan that was rejected, or lint. */
  readonly causes: BootCause[];
  /** Returns the lint errors of the subject, once the subject has been read. */
  errors?: () => readonly BootCause[];
  /** Units that are not up yet. */
  starting: BootRow["starting"];
  /** The end of the builder's output, or the places where no engine was found. */
  readonly output: string[];
  /** The container that is kept. */
  kept?: string;
  removeBy: readonly string[];
}

export function newCourse(): Course {
  return { state: "connecting", checks: [], causes: [], starting: [], output: [], removeBy: [] };
}

/** Records a check. */
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
