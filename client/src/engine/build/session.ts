import { randomUUID } from "node:crypto";
import { type IncomingHttpHeaders, performServerHandshake, type ServerHttp2Stream } from "node:http2";
import type { Socket } from "node:net";
import type Docker from "dockerode";
import type { Logins } from "../connect/registry-login";
import { request } from "../docker";
import { readText, texts } from "./protobuf";

/** The connection over which BuildKit calls its client back during a build. */
export interface Session {
  readonly id: string;
  close(): void;
}

/**
 * The calls that a build can make. Each takes and returns a protobuf message. Other calls are rejected with gRPC's
 * UNIMPLEMENTED.
 */
type Answers = Readonly<Record<string, (message: Uint8Array) => Uint8Array | Promise<Uint8Array>>>;

function answersOf(logins: Logins): Answers {
  return {
    // SERVING. BuildKit checks every few seconds and ends a session that does not respond.
    "/grpc.health.v1.Health/Check": () => Uint8Array.of(0x08, 0x01),
    // moby/buildkit `session/auth/auth.proto`: takes the registry's host, returns user name and secret. If both are
    // empty, BuildKit pulls without a login.
    "/moby.filesync.v1.Auth/Credentials": async (message) => {
      const login = await logins.of(readText(message, 1));
      return login ? texts([login.username, login.secret]) : new Uint8Array();
    },
  };
}

/**
 * Opens a BuildKit session: a gRPC server on a connection that this client opens. dockerode has one too, but it
 * closes only after a build that ends on its own, doesn't respond to health checks, and reads its .proto files from
 * disk, where a bundle has none.
 */
export async function openSession(docker: Docker, logins: Logins, signal: AbortSignal): Promise<Session> {
  const id = randomUUID();
  const answers = answersOf(logins);
  const socket = await request<Socket>(docker, {
    method: "POST",
    path: "/session",
    headers: {
      Upgrade: "h2c",
      "X-Docker-Expose-Session-Uuid": id,
      "X-Docker-Expose-Session-Name": "systemd-containers",
      "X-Docker-Expose-Session-Grpc-Method": Object.keys(answers),
    },
    signal,
    as: "socket",
  });
  const http2 = performServerHandshake(socket);
  // If the session breaks, the build itself reports it.
  http2.on("error", () => undefined);
  socket.on("error", () => undefined);
  http2.on("stream", (stream, headers) => void answer(answers, stream, headers));
  return {
    id,
    close: () => {
      http2.destroy();
      socket.destroy();
    },
  };
}

async function answer(
  answers: Answers,
  stream: ServerHttp2Stream,
  headers: IncomingHttpHeaders & { ":path"?: string },
): Promise<void> {
  stream.on("error", () => undefined);
  const start = { ":status": 200, "content-type": "application/grpc" };
  const respond = answers[headers[":path"] ?? ""];
  if (!respond) {
    stream.resume();
    // UNIMPLEMENTED.
    stream.respond({ ...start, "grpc-status": "12" }, { endStream: true });
    return;
  }
  // Each gRPC message starts with five bytes: the compression flag, which is 0, and the length.
  const message = await respond((await received(stream)).subarray(5));
  if (stream.destroyed) return;
  stream.respond(start, { waitForTrailers: true });
  stream.on("wantTrailers", () => stream.sendTrailers({ "grpc-status": "0" }));
  const frame = Buffer.alloc(5 + message.length);
  frame.writeUInt32BE(message.length, 1);
  frame.set(message, 5);
  stream.end(frame);
}

/** Reads the data that arrives until the other side ends the stream or disconnects. */
async function received(stream: ServerHttp2Stream): Promise<Buffer> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of stream) chunks.push(chunk);
  } catch {
    // The session is over, so the reply is not read.
  }
  return Buffer.concat(chunks);
}
