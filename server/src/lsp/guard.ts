import { type CancellationToken, LSPErrorCodes, ResponseError } from "vscode-languageserver";

/** Where defects are told: the server's log, once each. */
export type Log = (text: string) => void;

/**
 * Runs a handler so that a defect in it costs its own answer and is logged, and a cancelled request is
 * answered as cancelled.
 */
export async function guard<T>(
  log: Log,
  what: string,
  token: CancellationToken,
  fallback: T,
  handle: () => Promise<T>,
): Promise<T | ResponseError<void>> {
  try {
    const result = await handle();
    if (token.isCancellationRequested) return cancelled();
    return result;
  } catch (error) {
    if (error instanceof ResponseError) return error;
    log(`${what} failed: ${error instanceof Error ? error.stack : String(error)}`);
    return fallback;
  }
}

export function cancelled(): ResponseError<void> {
  return new ResponseError(LSPErrorCodes.RequestCancelled, "cancelled");
}
