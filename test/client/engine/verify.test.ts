import type { ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { extract } from "tar-stream";
import { describe, expect, test } from "vitest";
import type { VerifyRequest } from "../../../client/src/ports";
import { connectTo } from "./connect-to";
import { type Answer, docker28, type RecordingServer, refuse, serve } from "./recording-server";

const never = new AbortController().signal;

const verify: VerifyRequest = {
  image: "web:1",
  paths: ["/etc/systemd/system/a.service", "/etc/systemd/system/b c.service"],
  files: [],
  labels: { own: "label" },
};

/** What a process writes to stderr, as the engine hands it over. */
function framed(text: string): Buffer {
  const header = Buffer.alloc(8);
  header[0] = 2;
  header.writeUInt32BE(Buffer.byteLength(text), 4);
  return Buffer.concat([header, Buffer.from(text)]);
}

function stat(mode: number, linkTarget = ""): (response: ServerResponse) => void {
  return (response) => {
    const text = JSON.stringify({ name: "x", mode, linkTarget });
    response.setHeader("x-docker-container-path-stat", Buffer.from(text).toString("base64"));
    response.end();
  };
}

/** An engine whose container writes this. */
function verifying(output: string, more: Readonly<Record<string, Answer>> = {}) {
  return serve({
    ...docker28,
    "POST /containers/create": { Id: "v" },
    "PUT /containers/v/archive": {},
    "POST /containers/v/start": (response) => response.writeHead(204).end(),
    "POST /containers/v/wait": { StatusCode: 0 },
    "GET /containers/v/logs": (response) => response.end(framed(output)),
    "DELETE /containers/v": (response) => response.writeHead(204).end(),
    ...more,
  });
}

/** What is asked of the container, without what connecting asks. */
const asked = ({ requests }: RecordingServer) =>
  requests
    .filter(({ path }) => path.startsWith("/containers/"))
    .map(({ method, path }) => `${method} ${path}`);

const created = ({ requests }: RecordingServer) =>
  JSON.parse(requests.find(({ path }) => path === "/containers/create")?.body.toString() ?? "{}");

const connected = async (server: RecordingServer) => connectTo(`unix://${server.socket}`);

describe("units of an image are verified", () => {
  test("in a container without network, capabilities, writable root and the host's files, which is removed", async () => {
    const [a = "", b = ""] = verify.paths;
    const server = await verifying(`==> ${a}\na.service: \u001b[31mx\u001b[0m\n==> ${b}\n`);
    const verified = await (await connected(server)).verifyUnits(verify, never);
    expect(verified?.units).toEqual([
      { path: a, output: "a.service: x" },
      { path: b, output: "" },
    ]);
    expect(asked(server)).toEqual([
      "POST /containers/create",
      "POST /containers/v/start",
      "POST /containers/v/wait",
      "GET /containers/v/logs",
      "DELETE /containers/v",
    ]);
    expect(server.requests.at(-1)?.query.get("v")).toBe("true");
    const { HostConfig, Entrypoint, Cmd, Labels, ...body } = created(server);
    expect([Entrypoint[0], Entrypoint[1], Cmd]).toEqual(["/bin/sh", "-c", verify.paths]);
    expect(body).toMatchObject({ Image: "web:1", User: "0:0", Healthcheck: { Test: ["NONE"] } });
    expect(Labels).toEqual({ own: "label", "dev.systemd-containers.container": "verify" });
    expect(HostConfig).toEqual({
      NetworkMode: "none",
      CapDrop: ["ALL"],
      SecurityOpt: ["no-new-privileges"],
      ReadonlyRootfs: true,
      Tmpfs: { "/run": "", "/tmp": "" },
      PidsLimit: 64,
      LogConfig: { Type: "json-file" },
    });
  });

  test("with files that are put into the container before it starts", async () => {
    const server = await verifying("");
    const files = [{ path: "/etc/systemd/system/b c.service", text: "[Service]\n" }];
    await (await connected(server)).verifyUnits({ ...verify, files }, never);
    expect(asked(server).slice(0, 3)).toEqual([
      "POST /containers/create",
      "PUT /containers/v/archive",
      "POST /containers/v/start",
    ]);
    expect(created(server).HostConfig).toMatchObject({ ReadonlyRootfs: false });
    const put = server.requests.find(({ method }) => method === "PUT");
    expect(put?.query.get("path")).toBe("/");
    const found: string[][] = [];
    for await (const entry of Readable.from([put?.body]).pipe(extract())) {
      const chunks: Buffer[] = [];
      for await (const chunk of entry) chunks.push(chunk as Buffer);
      found.push([entry.header.name, Buffer.concat(chunks).toString()]);
    }
    expect(found).toEqual([["etc/systemd/system/b c.service", "[Service]\n"]]);
  });

  test("and a program that only a capability shows is looked at from outside", async () => {
    const denied = (path: string) => `a.service: Command ${path} is not executable: Permission denied\n`;
    const modes: Readonly<Record<string, (response: ServerResponse) => void>> = {
      "/home/app/run": stat(0o755),
      "/opt/text": stat(0o644),
      "/opt/link": stat(0o777, "/opt/text"),
      "/opt/folder": stat(0x8000_0000 + 0o755),
    };
    const archive: Answer = (response, { query }) => {
      const answer = modes[query.get("path") ?? ""];
      if (answer) answer(response);
      else refuse(response, 404, "no such file");
    };
    const output = [...Object.keys(modes), "/gone"].map(denied).join("");
    const server = await verifying(output, { "HEAD /containers/v/archive": archive });
    const verified = await (await connected(server)).verifyUnits(verify, never);
    expect(verified?.executable).toEqual(["/home/app/run"]);
  });
});

describe("nothing is left", () => {
  test.each([
    "PUT /containers/v/archive",
    "POST /containers/v/start",
    "POST /containers/v/wait",
    "GET /containers/v/logs",
  ])("where the engine refuses %s", async (call) => {
    const server = await verifying("", { [call]: (response) => refuse(response, 500, "no") });
    const files = [{ path: "/etc/systemd/system/a.service", text: "" }];
    const verified = (await connected(server)).verifyUnits({ ...verify, files }, never);
    await expect(verified).rejects.toMatchObject({ code: "engine-error", doing: "verify-units" });
    expect(asked(server).at(-1)).toBe("DELETE /containers/v");
  });

  test("where the image has no systemd-analyze", async () => {
    const server = await verifying("sh: not found\n", { "POST /containers/v/wait": { StatusCode: 1 } });
    expect(await (await connected(server)).verifyUnits(verify, never)).toBeUndefined();
    expect(asked(server).at(-1)).toBe("DELETE /containers/v");
  });

  test("where it is cancelled while systemd-analyze runs", async () => {
    const cancel = new AbortController();
    const server = await verifying("", { "POST /containers/v/wait": () => cancel.abort() });
    const verified = (await connected(server)).verifyUnits(verify, cancel.signal);
    await expect(verified).rejects.toMatchObject({ name: "AbortError" });
    expect(asked(server).at(-1)).toBe("DELETE /containers/v");
  });
});
