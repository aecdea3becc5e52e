import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server, type ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Duplex } from "node:stream";
import { onTestFinished } from "vitest";

/** A request as the engine got it. */
export interface Recorded {
  readonly method: string;
  readonly path: string;
  /** The URL as it was sent, for what must not be in it. */
  readonly url: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

/** JSON with status 200, or whatever the function does with the response. */
export type Answer = object | ((response: ServerResponse, request: Recorded) => unknown);
/** What is done with a connection that asked to be upgraded. */
type Upgrade = (socket: Duplex, request: Recorded) => unknown;

export interface RecordingServer {
  /** Path of the socket. */
  readonly socket: string;
  readonly requests: Recorded[];
  /** `POST /containers/create?name=x` of every request, in sequence. */
  lines(): string[];
  /** Vanishes, as an engine that is stopped does. */
  stop(): Promise<void>;
  /** Is back where it was. */
  start(): Promise<void>;
}

/** A small engine on a socket that records what it is asked and answers by script: `GET /version` → answer. */
export async function serve(
  answers: Readonly<Record<string, Answer>>,
  upgrades: Readonly<Record<string, Upgrade>> = {},
): Promise<RecordingServer> {
  const folder = await mkdtemp(join(tmpdir(), "systemd-containers-test-"));
  const socket = join(folder, "engine.sock");
  const requests: Recorded[] = [];
  const server = createServer(async (incoming, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const request = recorded(incoming, Buffer.concat(chunks));
    requests.push(request);
    const answer = answers[`${request.method} ${request.path}`];
    if (typeof answer === "function") answer(response, request);
    else if (answer) response.setHeader("content-type", "application/json").end(JSON.stringify(answer));
    else refuse(response, 404, `page not found: ${request.path}`);
  });
  server.on("upgrade", (incoming, connection: Duplex) => {
    const request = recorded(incoming, Buffer.alloc(0));
    requests.push(request);
    const upgrade = upgrades[`${request.method} ${request.path}`];
    if (!upgrade) return connection.destroy();
    connection.on("error", () => undefined);
    connection.write("HTTP/1.1 101 UPGRADED\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n");
    upgrade(connection, request);
  });
  await listen(server, socket);
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
    await rm(folder, { recursive: true });
  });
  return {
    socket,
    requests,
    lines: () => requests.map(({ method, url }) => `${method} ${url}`),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
    start: () => listen(server, socket),
  };
}

/** An error as an engine answers it. */
export function refuse(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify({ message }));
}

/** What makes a recording server look like Docker 28. */
export const docker28 = {
  "GET /_ping": (response: ServerResponse) => response.end("OK"),
  "GET /version": { Version: "28.5.2", ApiVersion: "1.51", Os: "linux", Components: [{ Name: "Engine" }] },
  "GET /info": { CgroupVersion: "2", OSType: "linux", SecurityOptions: ["name=seccomp,profile=builtin"] },
  "GET /networks": [{ Name: "bridge" }],
};

function recorded(incoming: { method?: string; url?: string; headers: Recorded["headers"] }, body: Buffer) {
  const { method = "", url = "", headers } = incoming;
  const { pathname, searchParams } = new URL(url, "http://engine");
  return { method, url, path: pathname, query: searchParams, headers, body };
}

function listen(server: Server, socket: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(socket, resolve);
  });
}
