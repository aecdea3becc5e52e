import type { Message } from "../base/message";
import type { Span } from "../base/text";

/** What is known about a word of a file. */
export interface Description {
  readonly span: Span;
  /** The fact, its cost and its source. */
  readonly lines: readonly Message[];
  /** Whether it is shown even if the place has findings. */
  readonly always?: boolean;
  /** The rule whose page has further details. */
  readonly rule?: string;
}
