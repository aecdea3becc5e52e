import type { Message } from "./message";
import type { Span } from "./text";

/** Why a file cannot be parsed as its kind, and where. Such a file must not be edited unless the user requests it. */
export interface Problem {
  readonly span: Span;
  readonly message: Message;
}
