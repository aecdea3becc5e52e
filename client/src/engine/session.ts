import { randomUUID } from "node:crypto";
import { type IncomingHttpHeaders, performServerHandshake, type ServerHttp2Stream } from "node:http2";
import type { Socket } from "node:net";
import type Docker from "dockerode";
import { request } from "./docker";

/** The connection over which BuildKit asks its client back while it builds. */
export interface Session {
  readonly id: string;
  close(): void;
}

/** What a build may ask, and the answer as a protobuf message. Any other call is refused by gRPC's own code for it. */
const answers: Readonly<Record<string, Uint8Array>> = {
  // SERVING. BuildKit asks every few seconds and ends a session that does not answer.
  "/grpc.health.v1.Health/Check": Uint8Array.of(0x08, 0x01),
  // No user name, no secret: pull without login.
  "/moby.filesync.v1.Auth/Credentials": new Uint8Array(),
};

/**
 * Opens a BuildKit session: a gRPC server on a connection that we make. dockerode has one too, but it closes
 * only after a build that ends by itself, answers no health check, and reads its .proto files from disk,
 * where a bundle has none.
 */
export async function openSession(docker: Docker, signal: AbortSignal): Promise<Session> {
  const id = randomUUID();
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
  // A session that breaks shows in the build itself.
  http2.on("error", () => undefined);
  socket.on("error", () => undefined);
  http2.on("stream", answer);
  return {
    id,
    close: () => {
      http2.destroy();
      socket.destroy();
    },
  };
}

function answer(stream: ServerHttp2Stream, headers: IncomingHttpHeaders & { ":path"?: string }): void {
  const message = answers[headers[":path"] ?? ""];
  stream.on("error", () => undefined);
  stream.resume();
  const start = { ":status": 200, "content-type": "application/grpc" };
  if (!message) {
    // UNIMPLEMENTED.
    stream.respond({ ...start, "grpc-status": "12" }, { endStream: true });
    return;
  }
  stream.respond(start, { waitForTrailers: true });
  stream.on("wantTrailers", () => stream.sendTrailers({ "grpc-status": "0" }));
  // A gRPC message has five bytes before it: not compressed, and its length.
  const frame = Buffer.alloc(5 + message.length);
  frame.writeUInt32BE(message.length, 1);
  frame.set(message, 5);
  stream.end(frame);
}
