import {
  type Connection,
  type ConnectionOptions,
  ErrorCodes,
  Message,
  type MessageStrategy,
  ResponseError,
} from "vscode-languageserver";

/** Requests that are at work at the same time. A client that reads no answers is not served more. */
const maxParallelism = 64;
/** Under this method, which no client knows, a request is handled that comes at the wrong time. */
const refusedMethod = "systemdContainers/refused";

/** When in its life a server takes which messages, as the protocol reports. */
export interface Lifecycle {
  /** What the connection is made with, so that every message passes here. */
  readonly options: ConnectionOptions;
  /** `initialize` was answered. */
  initialized(): void;
  /** Answers what is refused. */
  listen(connection: Connection): void;
}

export function openLifecycle(): Lifecycle {
  let state: "new" | "running" | "shut down" = "new";

  const refusal = (method: string): ResponseError<void> | undefined => {
    if (state === "new" && method !== "initialize")
      return new ResponseError(ErrorCodes.ServerNotInitialized, `${method} was sent before initialize.`);
    if (state !== "new" && method === "initialize")
      return new ResponseError(ErrorCodes.InvalidRequest, "The server is already initialized.");
    if (state === "shut down")
      return new ResponseError(ErrorCodes.InvalidRequest, `${method} was sent after shutdown.`);
    return undefined;
  };
  const handleMessage: MessageStrategy["handleMessage"] = (message, next) => {
    if (Message.isNotification(message))
      return state === "running" || message.method === "exit" ? next(message) : undefined;
    if (!Message.isRequest(message)) return next(message);
    const refused = refusal(message.method);
    if (refused) return next({ ...message, method: refusedMethod, params: refused.toJson() } as Message);
    if (message.method === "shutdown") state = "shut down";
    return next(message);
  };

  return {
    options: { maxParallelism, messageStrategy: { handleMessage } },
    initialized: () => {
      state = "running";
    },
    listen: (connection) => {
      connection.onRequest(refusedMethod, ({ code, message }: { code: number; message: string }) => {
        throw new ResponseError(code, message);
      });
    },
  };
}
