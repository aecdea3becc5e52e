import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { type ClientHttp2Session, connect as http2Connect } from "node:http2";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Duplex } from "node:stream";
import { expect, test } from "vitest";
import { build } from "../../../../client/src/engine/build/build";
import { texts } from "../../../../client/src/engine/build/protobuf";
import { openDocker } from "../../../../client/src/engine/connect/open-docker";
import type { Logins } from "../../../../client/src/engine/connect/registry-login";
import { buildText } from "../../../../client/src/texts/build-output";
import { trace, vertex } from "../messages";
import { docker28, type Recorded, serve } from "../recording-server";

const logins: Logins = {
  of: async (registry) =>
    registry === "private.example" ? { username: "me", secret: "pässword" } : undefined,
  all: async () => ({}),
};

/** Asks a gRPC method over a session, as BuildKit does. */
function ask(
  session: ClientHttp2Session,
  path: string,
  message: Uint8Array = new Uint8Array(),
): Promise<{ status: string; message: number[] }> {
  return new Promise((resolve, reject) => {
    const stream = session.request({
      ":method": "POST",
      ":path": path,
      "content-type": "application/grpc",
      te: "trailers",
    });
    const chunks: Buffer[] = [];
    let status = "";
    stream.on("response", (headers) => (status = String(headers["grpc-status"] ?? status)));
    stream.on("trailers", (headers) => (status = String(headers["grpc-status"])));
    stream.on("data", (chunk: Buffer) => chunks.push(chunk));
    stream.on("error", reject);
    stream.on("end", () => resolve({ status, message: [...Buffer.concat(chunks)] }));
    stream.end(Buffer.from([0, 0, 0, 0, message.length, ...message]));
  });
}

async function buildOn(
  answer: (asked: ClientHttp2Session, request: Recorded) => Promise<string>,
  signal: AbortSignal,
  print: (text: string) => void = () => undefined,
) {
  let session: ClientHttp2Session | undefined;
  let closed = false;
  const server = await serve(
    {
      ...docker28,
      "GET /images/json": [],
      "POST /build": async (response, request) => {
        if (session) response.write(await answer(session, request));
        if (!signal.aborted) response.end();
      },
    },
    {
      "POST /session": (socket: Duplex) => {
        session = http2Connect("http://build", { createConnection: () => socket });
        session.on("error", () => undefined);
        session.on("close", () => {
          closed = true;
        });
      },
    },
  );
  const folder = await mkdtemp(join(tmpdir(), "systemd-containers-test-"));
  const dockerfile = join(folder, "Dockerfile");
  await writeFile(dockerfile, "FROM x\n");
  const docker = openDocker({ url: `unix://${server.socket}`, source: { code: "docker" } });
  let output = "";
  const request = {
    dockerfile,
    context: folder,
    tag: "a:1",
    target: "t",
    platform: "linux/arm64",
    buildArgs: { A: "b c" },
    noCache: true,
  };
  const result = await build({ docker, buildKit: true, bridge: true, logins }, request, {
    print: (more) => {
      const text = buildText(more);
      output += text;
      print(text);
    },
    signal,
  }).then(
    () => "built",
    (error) => error,
  );
  await rm(folder, { recursive: true });
  await expect.poll(() => closed).toBe(true);
  return { server, output, result };
}

const image = '{"id":"moby.image.id","aux":{"ID":"sha256:1"}}\n';

test("a build has a session that answers BuildKit, and ends with it", async () => {
  const signal = new AbortController().signal;
  const answers: unknown[] = [];
  const { server, output, result } = await buildOn(async (session) => {
    answers.push(await ask(session, "/grpc.health.v1.Health/Check"));
    answers.push(await ask(session, "/moby.filesync.v1.Auth/Credentials"));
    answers.push(await ask(session, "/moby.filesync.v1.Auth/Credentials", texts(["private.example"])));
    answers.push(await ask(session, "/moby.buildkit.secrets.v1.Secrets/GetSecret"));
    return trace(vertex({ digest: "a", name: "[1/1] FROM x", started: 1 })) + image;
  }, signal);
  expect(result).toBe("built");
  expect(output).toBe("#1 [1/1] FROM x\n");
  expect(answers).toEqual([
    { status: "0", message: [0, 0, 0, 0, 2, 8, 1] },
    { status: "0", message: [0, 0, 0, 0, 0] },
    {
      status: "0",
      message: [0, 0, 0, 0, 15, 10, 2, ...Buffer.from("me"), 18, 9, ...Buffer.from("pässword")],
    },
    { status: "12", message: [] },
  ]);
  const session = server.requests.find(({ path }) => path === "/session");
  const request = server.requests.find(({ path }) => path === "/build");
  expect(request?.headers).not.toHaveProperty("x-registry-config");
  expect(session?.headers).toMatchObject({
    upgrade: "h2c",
    "x-docker-expose-session-name": "systemd-containers",
  });
  expect(Object.fromEntries(request?.query ?? [])).toEqual({
    t: "a:1",
    dockerfile: "Dockerfile",
    target: "t",
    platform: "linux/arm64",
    buildargs: '{"A":"b c"}',
    nocache: "true",
    labels: '{"dev.systemd-containers.image":"true"}',
    rm: "true",
    forcerm: "true",
    version: "2",
    session: session?.headers["x-docker-expose-session-uuid"],
  });
  expect(request?.headers["content-type"]).toBe("application/tar");
  expect(request?.body.subarray(0, 10).toString()).toBe("Dockerfile");
});

test("a stream that ends with neither image nor error: the engine is gone", async () => {
  const { result } = await buildOn(async () => '{"stream":"x"}\n', new AbortController().signal);
  expect(result).toMatchObject({ code: "engine-gone" });
});

test("a cancelled build ends its request and its session", async () => {
  const cancel = new AbortController();
  const { result } = await buildOn(async () => {
    setTimeout(() => cancel.abort(), 20);
    await new Promise((resolve) => setTimeout(resolve, 60));
    return "";
  }, cancel.signal);
  expect(result).toMatchObject({ name: "AbortError" });
});

test("a build that is cancelled when its last word is there is cancelled, and nothing is thrown beside", async () => {
  const cancel = new AbortController();
  const last = trace(vertex({ digest: "a", name: "[1/1] FROM x", started: 1 })) + image;
  const { result } = await buildOn(
    async () => last,
    cancel.signal,
    () => cancel.abort(),
  );
  expect(result).toMatchObject({ name: "AbortError" });
  await new Promise((resolve) => setTimeout(resolve, 50));
});
