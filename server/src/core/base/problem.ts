import type { Message } from "./message";
import type { Span } from "./text";

/** Why a file cannot be read as what it is, and where. Such a file must not be edited unasked. */
export interface Problem {
  readonly span: Span;
  readonly message: Message;
}
