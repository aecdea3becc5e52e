import type { BootPlace } from "./boot-asked";
import type { InspectResult } from "./inspect-result";

/** The images to inspect, from the command line. */
export interface InspectAsked {
  readonly references: readonly string[];
  /** The address of the engine; if absent, the engine is found automatically. */
  readonly engine?: string;
}

/** The implementation of `inspect`, in the same bundle as `boot`. It never rejects because of an engine error. */
export type InspectProgram = (asked: InspectAsked, place: BootPlace) => Promise<InspectResult>;
