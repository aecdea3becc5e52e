import {
  type Connection,
  type ConnectionOptions,
  ErrorCodes,
  Message,
  type MessageStrategy,
  ResponseError,
} from "vscode-languageserver";

/**
 * The maximum number of requests in progress at the same time. A client that does not read its answers gets no more.
 */
const maxParallelism = 64;
/** A method that no client uses. A request that arrives at the wrong time is handled under this name. */
const refusedMethod = "systemdContainers/refused";

/** Which messages a server accepts at which stage of its life, according to the protocol. */
export interface Lifecycle {
  /** The options with which to create the connection, so that every message is checked here. */
  readonly options: ConnectionOptions;
  /** Called after `initialize` was answered. */
  initialized(): void;
  /** Answers the rejected requests. */
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
