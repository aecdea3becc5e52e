import type { Fault } from "../../../../client/src/ports";
import { isFault } from "../../../../client/src/texts/faults";

/** Returns the engine fault, or undefined if the time was up. Throws any other error, which is a bug in this program. */
export function faultIn(error: unknown): Fault | undefined {
  if (error instanceof Error && error.name === "AbortError") return undefined;
  if (!isFault(error)) throw error;
  return error;
}
