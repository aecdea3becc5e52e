import type { BootPlace } from "./boot-asked";
import type { InspectResult } from "./inspect-result";

/** The images that a command line asks about. */
export interface InspectAsked {
  readonly references: readonly string[];
  /** The address of the engine; without it the one that is found. */
  readonly engine?: string;
}

/** The program of `inspect`, in the bundle of `boot`. Never rejects for what an engine does. */
export type InspectProgram = (asked: InspectAsked, place: BootPlace) => Promise<InspectResult>;
