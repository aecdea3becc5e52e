import type { ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { describe, expect, test } from "vitest";
import { find } from "../../../client/src/engine-entry";
import { bootLabel } from "../../../client/src/flows/trial-mark";
import { verifyNamed } from "../../../server/src/cli/boot/verify";
import { noWorld } from "../../client/engine/connect-to";
import {
  type Answer,
  docker28,
  type RecordingServer,
  refuse,
  serve,
} from "../../client/engine/recording-server";

type Answers = Record<string, Answer>;

const path = "/etc/systemd/system/a.service";

/** What a process writes to stdout, as the engine hands it over. */
function framed(text: string): Buffer {
  const header = Buffer.alloc(8);
  header[0] = 1;
  header.writeUInt32BE(Buffer.byteLength(text), 4);
  return Buffer.concat([header, Buffer.from(text)]);
}

/** A tar of one small file. */
function tarOf(name: string, text = ""): Buffer {
  const block = Buffer.alloc(512);
  block.write(name, 0);
  block.write("0000644\0", 100);
  block.write(`${text.length.toString(8).padStart(11, "0")}\0`, 124);
  block.write("0", 156);
  block.write("ustar\x0000", 257);
  block.fill(" ", 148, 156);
  const sum = block.reduce((all, byte) => all + byte, 0);
  block.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  const content = Buffer.alloc(text === "" ? 0 : 512);
  content.write(text);
  return Buffer.concat([block, content, Buffer.alloc(1024)]);
}

/** An engine with one image, which has systemd 252 and a unit, about which it prints this. */
function having(output: string, more: Answers = {}): Answers {
  let created = 0;
  const archive: Answer = (response, { method, query }) => {
    const asked = query.get("path");
    if (asked === "/sbin/init") {
      const stat = { name: "init", mode: 0o755, linkTarget: "/usr/lib/systemd/systemd" };
      response.setHeader(
        "x-docker-container-path-stat",
        Buffer.from(JSON.stringify(stat)).toString("base64"),
      );
      return response.end();
    }
    if (method === "GET" && asked === "/etc/systemd/system") return response.end(tarOf("system/a.service"));
    if (method === "GET" && asked === "/usr/lib/systemd/systemd")
      return response.end(tarOf("systemd", "libsystemd-shared-252.so"));
    return refuse(response, 404, "no such file");
  };
  const image = { Id: "sha256:1", Architecture: "amd64", Config: { Cmd: ["/sbin/init"] } };
  const done = (response: ServerResponse) => response.writeHead(204).end();
  return {
    ...docker28,
    "GET /images/json": [],
    "GET /volumes": { Volumes: [] },
    "GET /containers/json": [],
    "GET /images/web%3A1/json": image,
    "GET /images/web:1/json": image,
    "POST /containers/create": (response: ServerResponse) =>
      response.end(JSON.stringify({ Id: ++created > 1 ? "v" : "look" })),
    "HEAD /containers/look/archive": archive,
    "GET /containers/look/archive": archive,
    "DELETE /containers/look": done,
    "POST /containers/v/start": done,
    "POST /containers/v/wait": { StatusCode: 0 },
    "GET /containers/v/logs": (response: ServerResponse) => response.end(framed(`==> ${path}\n${output}`)),
    "DELETE /containers/v": done,
    ...more,
  };
}

async function verifyOn(server: RecordingServer, what = "web:1", interruptions: readonly AbortSignal[] = []) {
  const err: string[] = [];
  const host = {
    ...{ cwd: tmpdir(), err: (line: string) => err.push(line), interruptions },
    find: (where: Parameters<typeof find>[0]) => find(where, noWorld),
    grace: { reporting: 0.3, stopping: 0.6, ending: 0.9, removing: 0.9 },
  };
  const { code, row } = await verifyNamed({ what, engine: `unix://${server.socket}` }, host);
  if (!row) throw new Error(err.join(""));
  return { code, row };
}

const changes = ({ requests }: RecordingServer) =>
  requests
    .filter(({ method, path }) => ["POST", "PUT", "DELETE"].includes(method) && !path.endsWith("/wait"))
    .map(({ method, path }) => `${method} ${path}`);

describe("an image is verified", () => {
  test("with findings: exit code 1, and nothing is left", async () => {
    const server = await serve(having(`${path}:2: x\na.service: y\nother.service: z\n`));
    const { code, row } = await verifyOn(server);
    expect([code, row.state], JSON.stringify(row)).toEqual([1, "verified"]);
    expect(row).toMatchObject({ units: [path], removeBy: [] });
    expect(row.findings).toEqual([
      { unit: "a.service", message: "x", path, pathLine: 2 },
      { unit: "a.service", message: "y", path: undefined, pathLine: undefined },
    ]);
    expect(changes(server)).toEqual([
      "POST /containers/create",
      "DELETE /containers/look",
      "POST /containers/create",
      "POST /containers/v/start",
      "DELETE /containers/v",
    ]);
    const create = server.requests.filter(({ path }) => path === "/containers/create")[1];
    const { Labels } = JSON.parse(create?.body.toString() ?? "{}");
    expect(Labels).toMatchObject({ [bootLabel]: expect.stringMatching(/^\d+\/[^/]+\/[\d.]+\/\w+$/) });
  });

  test("without findings: exit code 0", async () => {
    const { code, row } = await verifyOn(await serve(having("")));
    expect([code, row.state, row.findings]).toEqual([0, "verified", []]);
  });

  test("where systemd-analyze cannot run, it is not verified: exit code 2", async () => {
    const server = await serve(having("Failed to initialize manager: Permission denied\n"));
    const { code, row } = await verifyOn(server);
    expect([code, row.state, row.findings, row.output.length]).toEqual([2, "not-verified", [], 1]);
  });

  test("only for the architecture of the host: another is skipped", async () => {
    const image = { Id: "sha256:1", Architecture: "arm64", Config: {} };
    const server = await serve(
      having("", {
        "GET /images/web%3A1/json": image,
        "GET /info": { Architecture: "x86_64", CgroupVersion: "2", OSType: "linux" },
      }),
    );
    const { code, row } = await verifyOn(server);
    expect([code, row.state]).toEqual([0, "other-architecture"]);
    expect(changes(server)).toEqual(["POST /containers/create", "DELETE /containers/look"]);
  });

  test("which the engine does not have: exit code 2", async () => {
    const missing: Answer = (response) => refuse(response, 404, "No such image: web:1");
    const server = await serve(having("", { "GET /images/web%3A1/json": missing }));
    const { code, row } = await verifyOn(server);
    expect([code, row.state]).toEqual([2, "unknown"]);
  });

  test("by no engine: exit code 3", async () => {
    const server = await serve(having(""));
    await server.stop();
    const { code, row } = await verifyOn(server);
    expect([code, row.state]).toEqual([3, "no-engine"]);
  });

  test("until it is interrupted, and the container is removed", async () => {
    const interruption = new AbortController();
    const server = await serve(having("", { "POST /containers/v/wait": () => interruption.abort() }));
    const { code, row } = await verifyOn(server, "web:1", [interruption.signal]);
    expect([code, row.endedBy]).toEqual([2, "interrupted"]);
    expect(changes(server).at(-1)).toBe("DELETE /containers/v");
  });
});
