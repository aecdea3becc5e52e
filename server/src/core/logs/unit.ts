import { type Cause, explainLog } from "./explain";
import type { Circumstances } from "./row";

/** A failed unit, as its manager reports it. */
export interface FailedUnit {
  readonly unit: string;
  /** `Result=` of systemctl show: `exit-code`, `timeout` … */
  readonly result?: string;
  /** How its main process ended, as systemd reports it: `203/EXEC`, `1/FAILURE`. */
  readonly status?: string;
  /** Its journal lines, the oldest first. */
  readonly journal: readonly string[];
}

/**
 * Why a unit failed, from its journal. The lines that systemd writes for every failed unit are also derived from
 * its properties: the journal may be gone, or the failed unit may be the journal.
 */
export function explainUnit({ unit, result, status, journal }: FailedUnit, known: Circumstances): Cause[] {
  const stated = [
    ...(status === undefined ? [] : [`${unit}: Main process exited, code=exited, status=${status}`]),
    ...(result === undefined ? [] : [`${unit}: Failed with result '${result}'.`]),
  ];
  return explainLog({ ...known, log: [...journal, ...stated].join("\n") });
}
