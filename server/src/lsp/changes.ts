import type { CancellationToken } from "vscode-languageserver";

/** Wakes callers that wait for a change. */
export interface Changes {
  happened(): void;
  /** Resolves at the next change, or when the token is cancelled. */
  next(token: CancellationToken): Promise<void>;
}

export function openChanges(): Changes {
  let waiting: (() => void)[] = [];
  return {
    happened: () => {
      const now = waiting;
      waiting = [];
      for (const wake of now) wake();
    },
    next: (token) =>
      new Promise((resolve) => {
        waiting.push(resolve);
        token.onCancellationRequested(() => resolve());
      }),
  };
}
