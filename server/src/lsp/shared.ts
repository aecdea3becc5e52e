import type { CancellationToken } from "vscode-languageserver";

/** Work in progress, and the tokens of all callers that wait for it. */
interface Running<Result> {
  readonly tokens: CancellationToken[];
  readonly result: Promise<Result>;
}

/**
 * Does work once for all callers that ask for the same `id` while it is in progress. The work receives their tokens, so
 * that it can stop when all of them have cancelled.
 */
export function openShared<Result>() {
  const running = new Map<string, Running<Result>>();
  return (
    id: string,
    token: CancellationToken,
    work: (tokens: readonly CancellationToken[]) => Promise<Result>,
  ): Promise<Result> => {
    const shared = running.get(id);
    shared?.tokens.push(token);
    if (shared) return shared.result;
    const tokens = [token];
    const result = work(tokens).finally(() => running.delete(id));
    running.set(id, { tokens, result });
    return result;
  };
}
