import type { EngineSearch, Where } from "../../../../client/src/ports";
import type { BootPlace } from "../boot-asked";
import type { Grace } from "./deadline";

/** What the program is given beside the command line: the engine code, and the signals that interrupt it, in their order. */
export interface BootHost extends BootPlace {
  find(where: Where & { readonly signal: AbortSignal }): Promise<EngineSearch>;
  readonly interruptions?: readonly AbortSignal[];
  /** How long the end may take; tests give less. */
  readonly grace?: Grace;
}
