import { type CancellationToken, LSPErrorCodes, ResponseError } from "vscode-languageserver";

/** Where bugs are reported: the log of the server. */
export type Log = (text: string) => void;

/**
 * Runs a handler so that a bug in it only affects its own answer and is logged. A cancelled request is immediately
 * answered with the protocol's error for it, whatever its handler is waiting for.
 */
export async function guard<T>(
  log: Log,
  what: string,
  token: CancellationToken,
  fallback: T,
  handle: () => Promise<T>,
): Promise<T> {
  const cancelled = new Promise<T>((resolve) => token.onCancellationRequested(() => resolve(fallback)));
  const result = await Promise.race([attempt(log, what, fallback, handle), cancelled]);
  if (token.isCancellationRequested) throw new ResponseError(LSPErrorCodes.RequestCancelled, "cancelled");
  return result;
}

/**
 * Like `guard`, but for work that no request waits for: notifications, and messages that the server sends on its own.
 */
export async function attempt<T>(log: Log, what: string, fallback: T, handle: () => Promise<T>): Promise<T> {
  try {
    return await handle();
  } catch (error) {
    log(failureText(what, error));
    return fallback;
  }
}

/** Describes what failed, and where. */
export function failureText(what: string, error: unknown): string {
  return `${what} failed: ${error instanceof Error ? error.stack : String(error)}`;
}

/** Logs each message once. */
export function openOnce(log: Log): Log {
  const told = new Set<string>();
  return (text) => {
    if (!told.has(text)) log(text);
    told.add(text);
  };
}
