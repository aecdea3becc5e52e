/** What something that takes its time is given by the one who waits for it. */
export interface Job<T extends string = string> {
  /** Takes a line that reports how far it is. */
  report(text: T): void;
  /** Takes output as it comes. */
  print(text: string): void;
  /** Ends it early. */
  readonly signal: AbortSignal;
}
