import type { Readable } from "node:stream";
import type Docker from "dockerode";

export interface Call {
  readonly method: "GET" | "HEAD" | "POST" | "PUT" | "DELETE";
  /** Without query. Whatever is put into it is escaped by `segment`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: Readonly<Record<string, unknown>>;
  /** The body as it is, instead of JSON. */
  readonly file?: Readable;
  readonly headers?: Readonly<Record<string, string | string[]>>;
  readonly signal?: AbortSignal;
  /** `answer`: the whole body, parsed if it is JSON. `stream`: the body as it comes. `socket`: both ways. */
  readonly as?: "answer" | "stream" | "socket";
}

/**
 * One call of the Engine API over dockerode's transport; rejects with what dockerode makes of any answer
 * that is not a success. dockerode's own methods are not used: they know one bag of options for URL and body,
 * and what is in that bag goes into both, so that environment values of a container would end in the engine's
 * access log; and they wait for ever for an answer that is cut off.
 */
export async function request<T>(docker: Docker, call: Call): Promise<T> {
  const answer = await dial(docker, call);
  return (call.as === "stream" || call.as === "socket" ? answer : await wholeAnswer(answer)) as T;
}

/**
 * Without a body dockerode announces chunks, and ends them with `0` and two line breaks once the connection is
 * both ways: Podman hands that to a console as what was typed. An empty body has a length instead.
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
        // dockerode adds to the headers it is given.
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
 * The reader of an answer gets its errors; errors that come after it stopped reading are dropped. That applies to the
 * connection, too, which is used again: Node itself listens to it only while a request is on it, and an abort just
 * when an answer ends would end the process.
 */
function guard(stream: Readable | undefined): void {
  if (!stream || guarded.has(stream)) return;
  guarded.add(stream);
  stream.on("error", () => undefined);
}

/** JSON, or nothing: what an engine answers beside that is not needed. */
async function wholeAnswer(answer: Readable): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk);
  try {
    return JSON.parse(Buffer.concat(chunks).toString("utf8"));
  } catch {
    return undefined;
  }
}

/** A name or id as one segment of a path. */
export function segment(text: string): string {
  return encodeURIComponent(text);
}
