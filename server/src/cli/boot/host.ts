import type { EngineSearch, Where } from "../../../../client/src/ports";
import type { BootPlace } from "../boot-asked";
import type { Grace } from "./deadline";

/**
 * What the program receives besides the command line: the engine code, and the signals that interrupt it, in
 * sequence.
 */
export interface BootHost extends BootPlace {
  find(where: Where & { readonly signal: AbortSignal }): Promise<EngineSearch>;
  readonly interruptions?: readonly AbortSignal[];
  /** Asks the user a yes-or-no question. Absent if no user can be asked. An abort means no. */
  readonly ask?: (question: string, signal: AbortSignal) => Promise<boolean>;
  /** How long the program may take to end; tests use shorter times. */
  readonly grace?: Grace;
}
