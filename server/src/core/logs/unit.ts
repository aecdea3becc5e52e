import { type Cause, explainLog } from "./explain";
import type { Circumstances } from "./row";

/** A unit that failed, as its manager tells. */
export interface FailedUnit {
  readonly unit: string;
  /** `Result=` of systemctl show: `exit-code`, `timeout` … */
  readonly result?: string;
  /** How its main process ended, in systemd's words: `203/EXEC`, `1/FAILURE`. */
  readonly status?: string;
  /** Its lines of the journal, the oldest first. */
  readonly journal: readonly string[];
}

/**
 * Why a unit failed, from its journal. What systemd writes there of every failed unit is read from its
 * properties as well: the journal may be gone, or the failed unit may be the journal.
 */
export function explainUnit({ unit, result, status, journal }: FailedUnit, known: Circumstances): Cause[] {
  const stated = [
    ...(status === undefined ? [] : [`${unit}: Main process exited, code=exited, status=${status}`]),
    ...(result === undefined ? [] : [`${unit}: Failed with result '${result}'.`]),
  ];
  return explainLog({ ...known, log: [...journal, ...stated].join("\n") });
}
