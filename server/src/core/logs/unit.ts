import { type Cause, explainLog } from "./explain";
import type { Circumstances } from "./row";

/** A failed unit, as systemd reports it. */
export interface FailedUnit {
  readonly unit: string;
  /** The `Result=` of systemctl show: `exit-code`, `timeout` and so on. */
  readonly result?: string;
  /** How the unit's main process ended, in systemd's notation: `203/EXEC`, `1/FAILURE`. */
  readonly status?: string;
  /** The unit's journal lines, oldest first. */
  readonly journal: readonly string[];
}

/**
 * Why a unit failed, according to its journal. The lines that systemd writes for every failed unit are also derived
 * from the unit's properties, because the journal may be gone or the failed unit may be the journal itself.
 */
export function explainUnit({ unit, result, status, journal }: FailedUnit, known: Circumstances): Cause[] {
  const stated = [
    ...(status === undefined ? [] : [`${unit}: Main process exited, code=exited, status=${status}`]),
    ...(result === undefined ? [] : [`${unit}: Failed with result '${result}'.`]),
  ];
  return explainLog({ ...known, log: [...journal, ...stated].join("\n") });
}
