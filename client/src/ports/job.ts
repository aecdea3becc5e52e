/** What the caller of a long operation passes to it. */
export interface Job<T extends string = string> {
  /** Receives a line that describes the progress. */
  report(text: T): void;
  /** Receives output as it arrives. */
  print(text: string): void;
  /** Cancels the operation. */
  readonly signal: AbortSignal;
}
