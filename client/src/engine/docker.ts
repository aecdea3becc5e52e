import type { Readable } from "node:stream";
import type Docker from "dockerode";

export interface Call {
  readonly method: "GET" | "HEAD" | "POST" | "PUT" | "DELETE";
  /** The path without the query. Variable parts are escaped with `segment`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: Readonly<Record<string, unknown>>;
  /** A body that is sent as it is instead of as JSON. */
  readonly file?: Readable;
  readonly headers?: Readonly<Record<string, string | string[]>>;
  readonly signal?: AbortSignal;
  /**
   * `answer`: the complete body, parsed if it is JSON. `stream`: the body as it arrives. `socket`: a connection in
   * both directions.
   */
  readonly as?: "answer" | "stream" | "socket";
}

/**
 * Makes one call to the Engine API over dockerode's transport. Rejects with dockerode's error if the status is not a
 * success. dockerode's own methods are not used for two reasons: they put the same options into the URL and the body,
 * so environment values of a container would end up in the engine's access log, and they wait forever for a truncated
 * response.
 */
export async function request<T>(docker: Docker, call: Call): Promise<T> {
  const answer = await dial(docker, call);
  return (call.as === "stream" || call.as === "socket" ? answer : await wholeAnswer(answer)) as T;
}

/**
 * Without a body, dockerode announces chunks and, once the connection is bidirectional, ends them with `0` and two
 * line breaks, which Podman passes to a console as typed text. An empty body has a length instead.
 */
const noBody = Buffer.alloc(0);

function dial(docker: Docker, call: Call): Promise<Readable> {
  const { method, path, query, body = {}, file, headers, signal, as } = call;
  return new Promise((resolve, reject) => {
    docker.modem.dial(
      {
        method,
        path: query ? `${path}?` : path,
        options: { _query: query, _body: body },
        file: file ?? (as === "socket" && Object.keys(body).length === 0 ? noBody : undefined),
        // dockerode modifies the headers that it is given.
        headers: headers && { ...headers },
        abortSignal: signal,
        isStream: as !== "socket",
        hijack: as === "socket",
        statusCodes: { 200: true, 201: true, 204: true },
      },
      (error: unknown, result: unknown) => {
        if (error) return reject(error);
        const answer = result as Readable & { readonly socket?: Readable };
        guard(answer);
        guard(answer.socket);
        resolve(answer);
      },
    );
  });
}

const guarded = new WeakSet<object>();

/**
 * Drops errors that occur after the reader of a response has stopped reading. The connection needs this too because
 * it is reused: Node handles its errors only during a request, so an abort at the very end of a response would crash
 * the process.
 */
function guard(stream: Readable | undefined): void {
  if (!stream || guarded.has(stream)) return;
  guarded.add(stream);
  stream.on("error", () => undefined);
}

/** The parsed JSON, or undefined. Responses in other formats are not needed. */
async function wholeAnswer(answer: Readable): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk);
  try {
    return JSON.parse(Buffer.concat(chunks).toString("utf8"));
  } catch {
    return undefined;
  }
}

/** Escapes a name or id for use as one segment of a path. */
export function segment(text: string): string {
  return encodeURIComponent(text);
}
