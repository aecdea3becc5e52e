import { describe, expect, test } from "vitest";
import { openDocker } from "../../../client/src/engine/connect/open-docker";
import { publishedPorts } from "../../../client/src/engine/inside/published";
import type { Engine, StartRequest } from "../../../client/src/ports";
import { connectTo } from "./connect-to";
import { docker28, type RecordingServer, refuse, serve } from "./recording-server";
import { rejection } from "./rejection";

const never = new AbortController().signal;
const container = { id: "abc", name: "web", running: true };

async function engineOf(server: RecordingServer): Promise<Engine> {
  const engine = await connectTo(`unix://${server.socket}`);
  server.requests.length = 0;
  return engine;
}

const start = {
  name: "it's $(x) ü",
  uri: "file:///p/Dockerfile",
  create: {
    api: "docker",
    body: {
      Image: "web:systemd",
      Env: ["PASSWORD=hunter2"],
      StopSignal: "SIGRTMIN+3",
      Labels: { own: "label" },
      HostConfig: { Tmpfs: { "/run": "" } },
    },
  },
} as const satisfies StartRequest;

/** The same start with other options. */
const startWith = (body: object): StartRequest => ({
  ...start,
  create: { api: "docker", body: { ...body } },
});

describe("starting a container", () => {
  const answers = {
    ...docker28,
    "POST /containers/create": { Id: "abc" },
    "POST /containers/abc/start": {},
    "DELETE /containers/abc": {},
  };

  test("only the name is in the URL, everything else in the body", async () => {
    const server = await serve(answers);
    const engine = await engineOf(server);
    expect(await engine.start(start, never)).toEqual({
      ...container,
      ...{ name: start.name, uri: start.uri, image: "web:systemd" },
    });
    const [create, started, ...more] = server.requests;
    expect(more).toEqual([]);
    expect([...(create?.query ?? [])]).toEqual([["name", start.name]]);
    expect(create?.url).not.toMatch(/hunter2|Image|body|HostConfig|_query/);
    expect(JSON.parse(create?.body.toString() ?? "")).toEqual({
      ...start.create.body,
      Labels: {
        own: "label",
        "dev.systemd-containers.container": "true",
        "dev.systemd-containers.source": "file:///p/Dockerfile",
      },
    });
    expect(started?.url).toBe("/containers/abc/start");
    expect(started?.body.length).toBe(0);
  });

  test("one with a terminal can be typed to", async () => {
    const server = await serve(answers);
    const engine = await engineOf(server);
    await engine.start(startWith({ Image: "web", Tty: true }), never);
    expect(JSON.parse(server.requests[0]?.body.toString() ?? "")).toMatchObject({
      Tty: true,
      OpenStdin: true,
    });
  });

  test("without a default network the container has none, unless the plan names one", async () => {
    const server = await serve({ ...answers, "GET /networks": [{ Name: "none" }] });
    const engine = await engineOf(server);
    await engine.start(start, never);
    await engine.start(startWith({ ...start.create.body, HostConfig: { NetworkMode: "own" } }), never);
    const modes = server.requests
      .filter(({ path }) => path === "/containers/create")
      .map(({ body }) => JSON.parse(body.toString()).HostConfig.NetworkMode);
    expect(modes).toEqual(["none", "own"]);
  });

  test("a port that is taken: the container goes, the next free port is told", async () => {
    const message =
      "driver failed programming external connectivity on endpoint web: Bind for 0.0.0.0:18080 failed: port is already allocated";
    const server = await serve({
      ...answers,
      "POST /containers/abc/start": (response) => refuse(response, 500, message),
      "GET /containers/json": [{ Id: "x", Ports: [{ PublicPort: 18081 }, {}] }],
    });
    const engine = await engineOf(server);
    expect(await rejection(engine.start(start, never))).toMatchObject({
      code: "port-taken",
      port: 18080,
      instead: { port: { taken: 18080, free: 18082 } },
    });
    expect(server.lines()).toContain("DELETE /containers/abc?force=true&v=true&timeout=0");
  });

  test("the error stays when the engine cannot tell a free name", async () => {
    const message = 'Conflict. The container name "/web" is already in use by container "f00".';
    const server = await serve({
      ...docker28,
      "POST /containers/create": (response) => refuse(response, 409, message),
    });
    const engine = await engineOf(server);
    const error = await rejection(engine.start(start, never));
    expect(error).toMatchObject({ code: "name-taken", taken: "web" });
    expect(error.instead).toBeUndefined();
  });

  test("a start that is cancelled while the engine creates removes what it created", async () => {
    const cancel = new AbortController();
    const server = await serve({
      ...answers,
      "POST /containers/create": (response) => {
        cancel.abort();
        response.end('{"Id":"abc"}');
      },
    });
    const engine = await engineOf(server);
    await expect(engine.start(start, cancel.signal)).rejects.toMatchObject({ name: "AbortError" });
    expect(server.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      "POST /containers/create",
      "DELETE /containers/abc",
    ]);
  });
});

describe("containers", () => {
  test("only containers of this extension are listed", async () => {
    const Labels = { "dev.systemd-containers.source": "file:///p/Dockerfile" };
    const server = await serve({
      ...docker28,
      "GET /containers/json": [
        {
          ...{ Id: "1", Names: ["/web"], Image: "web:systemd", State: "running", Labels },
          Ports: [
            { IP: "0.0.0.0", PrivatePort: 80, PublicPort: 8080, Type: "tcp" },
            { IP: "::", PrivatePort: 80, PublicPort: 8080, Type: "tcp" },
            { IP: "0.0.0.0", PrivatePort: 53, PublicPort: 53, Type: "udp" },
            { PrivatePort: 22, Type: "tcp" },
          ],
        },
        { Id: "2", Names: ["/old"], State: "exited", Status: "Exited (0) 5 days ago", Labels: {} },
      ],
    });
    const engine = await engineOf(server);
    expect(await engine.containers()).toEqual([
      {
        ...{ id: "1", name: "web", uri: "file:///p/Dockerfile" },
        ...{ running: true, state: "running", image: "web:systemd", ports: [{ inside: 80, port: 8080 }] },
      },
      { id: "2", name: "old", running: false, state: "exited", status: "Exited (0) 5 days ago" },
    ]);
    const query = server.requests[0]?.query;
    expect(query?.get("all")).toBe("true");
    expect(JSON.parse(query?.get("filters") ?? "")).toEqual({
      label: ["dev.systemd-containers.container=true"],
    });
  });

  test("an ID is always one path segment, whatever it contains", async () => {
    const server = await serve(docker28);
    const engine = await engineOf(server);
    await engine.remove({ ...container, id: "../x?y=1#z" });
    expect(server.lines()).toEqual(["DELETE /containers/..%2Fx%3Fy%3D1%23z?force=true&v=true&timeout=0"]);
  });

  test("removing waits for somebody else's removal, and fails with what else the engine says", async () => {
    const server = await serve({
      ...docker28,
      "DELETE /containers/abc": (response) =>
        refuse(response, 409, "removal of container abc is already in progress"),
      "POST /containers/abc/wait": { StatusCode: 0 },
      "DELETE /containers/broken": (response) => refuse(response, 500, "no space left on device"),
    });
    const engine = await engineOf(server);
    await engine.remove(container);
    expect(server.lines().at(-1)).toBe("POST /containers/abc/wait?condition=removed");
    await expect(engine.remove({ ...container, id: "broken" })).rejects.toMatchObject({ code: "disk-full" });
  });
});

describe("an engine that vanishes", () => {
  test("in the middle of a boot", async () => {
    const server = await serve({
      ...docker28,
      "GET /containers/abc/json": { State: { Running: true }, Config: { Tty: true } },
      "GET /containers/abc/logs": (response) => response.write("booting\r\n"),
      "POST /containers/abc/wait": (response) => {
        response.flushHeaders();
        setTimeout(() => response.destroy(), 100);
      },
      "POST /containers/abc/exec": (response) => refuse(response, 500, "busy"),
    });
    const engine = await engineOf(server);
    const said: string[] = [];
    const boot = engine.boot(container, 30, { report: (text) => said.push(text), signal: never });
    const error = await rejection(boot);
    expect(error).toMatchObject({ code: "engine-gone" });
    expect(error.building).toBeUndefined();
  });

  test("in the middle of an answer", async () => {
    const server = await serve({
      ...docker28,
      "GET /containers/json": (response) => {
        response.write("[");
        setTimeout(() => response.destroy(), 50);
      },
    });
    const engine = await engineOf(server);
    await expect(engine.containers()).rejects.toMatchObject({ code: "engine-gone" });
  });

  test("before a call", async () => {
    const engine = await engineOf(await serve(docker28));
    const gone = await serve({ ...docker28, "GET /containers/json": (response) => response.destroy() });
    await expect((await engineOf(gone)).containers()).rejects.toMatchObject({ code: "engine-gone" });
    expect(engine.name).toBe("Docker 28.5.2");
  });
});

describe("the console of a boot", () => {
  const times = (StartedAt: string, FinishedAt: string) => ({ StartedAt, FinishedAt });
  const noEnd = "0001-01-01T00:00:00Z";

  test.each([
    ["that is the first", times("2026-11-25T10:00:00.5Z", noEnd), null],
    ["that ended before it was asked for", times("2026-11-25T10:00:00.5Z", "2026-11-25T10:00:00.6Z"), null],
    ["after an earlier one", times("2026-11-25T10:00:00.5Z", "2026-11-25T09:00:00.25Z"), "1795597200.25"],
  ])("%s is read from where that boot began", async (_, state, since) => {
    const server = await serve({
      ...docker28,
      "GET /containers/abc/json": { State: { Running: false, ...state }, Config: { Tty: true } },
      "GET /containers/abc/logs": (response) => response.end("Failed to mount tmpfs at /run\r\n"),
      "POST /containers/abc/wait": { StatusCode: 255 },
    });
    const engine = await engineOf(server);
    expect(await engine.boot(container, 30, { report: () => undefined, signal: never })).toMatchObject({
      state: "exited",
      exitCode: 255,
      log: "Failed to mount tmpfs at /run\n",
    });
    const asked = server.requests.find(({ path }) => path.endsWith("/logs"));
    expect(asked?.query.get("since")).toBe(since);
  });
});

describe("a frozen PID 1", () => {
  test("is told from the console, though the container is up", async () => {
    const server = await serve({
      ...docker28,
      "GET /containers/abc/json": { State: { Running: true }, Config: { Tty: true } },
      "GET /containers/abc/logs": (response) =>
        response.write("\x1b[31m[!!!!!!] Failed to mount API filesystems.\x1b[0m\r\nFreezing execution.\r\n"),
      "POST /containers/abc/wait": () => undefined,
      "POST /containers/abc/exec": (response) => refuse(response, 500, "busy"),
    });
    const engine = await engineOf(server);
    expect(await engine.boot(container, 30, { report: () => undefined, signal: never })).toMatchObject({
      state: "frozen",
      log: "[!!!!!!] Failed to mount API filesystems.\nFreezing execution.\n",
    });
  });
});

describe("published ports", () => {
  const inspected = (more: object) => ({ State: { Running: true }, Config: {}, ...more });
  const bound = (HostIp: string, HostPort: string) => ({ HostIp, HostPort });

  test("are those of TCP, each address once, on this machine", async () => {
    const Ports = {
      "80/tcp": [bound("0.0.0.0", "8080"), bound("::", "8080")],
      "443/tcp": [bound("127.0.0.1", "8443"), bound("::1", "8443")],
      "53/udp": [bound("0.0.0.0", "53")],
      "22/tcp": null,
    };
    const server = await serve({
      ...docker28,
      "GET /containers/abc/json": inspected({ NetworkSettings: { Ports } }),
    });
    expect((await (await engineOf(server)).published(container)).ports).toEqual([
      { inside: 80, host: "localhost", port: 8080 },
      { inside: 443, host: "127.0.0.1", port: 8443 },
      { inside: 443, host: "[::1]", port: 8443 },
    ]);
  });

  test("are what the image exposes in the host's own network", async () => {
    const server = await serve({
      ...docker28,
      "GET /containers/abc/json": inspected({
        HostConfig: { NetworkMode: "host" },
        Config: { ExposedPorts: { "80/tcp": {}, "53/udp": {} } },
      }),
    });
    expect((await (await engineOf(server)).published(container)).ports).toEqual([
      { inside: 80, host: "localhost", port: 80 },
    ]);
  });

  test.each([
    ["tcp://build.example:2375", "build.example"],
    ["ssh://me@build.example:2222", "build.example"],
    ["tcp://[2001:db8::1]:2376", "[2001:db8::1]"],
    ["npipe:////./pipe/docker_engine", "localhost"],
  ])("of the engine at %s are reached at %s", async (url, host) => {
    const Ports = { "80/tcp": [bound("", "8080")], "81/tcp": [bound("127.0.0.1", "8081")] };
    const server = await serve({
      ...docker28,
      "GET /containers/abc/json": inspected({ NetworkSettings: { Ports } }),
    });
    const docker = openDocker({ url: `unix://${server.socket}`, source: { code: "docker" } });
    const { ports } = await publishedPorts(docker, { url, source: { code: "docker" } }, "abc");
    const [everywhere, loopback] = ports;
    expect(everywhere).toEqual({ inside: 80, host, port: 8080 });
    expect(loopback?.host).toBe(host === "localhost" ? "127.0.0.1" : undefined);
  });
});

describe("a shell", () => {
  test("is a program with a terminal of the given size; bytes go both ways", async () => {
    const server = await serve(
      {
        ...docker28,
        "POST /containers/abc/exec": { Id: "e1" },
        "POST /exec/e1/resize": {},
        "GET /exec/e1/json": { ExitCode: 5 },
      },
      {
        "POST /exec/e1/start": (socket) => {
          socket.once("data", (chunk: Buffer) => {
            const typed = chunk.toString().split("\r\n\r\n").at(-1);
            // The body of the request comes first, what is typed after it.
            const reply = (text?: string) => socket.end(`you typed: ${text}`);
            if (typed?.startsWith("{")) socket.once("data", (more: Buffer) => reply(more.toString()));
            else reply(typed);
          });
        },
      },
    );
    const engine = await engineOf(server);
    const shell = await engine.shell(container, { columns: 100, rows: 30 });
    let text = "";
    shell.onData((data) => {
      text += Buffer.from(data).toString();
    });
    shell.write("ls $(x)\r");
    expect(await shell.exit).toBe(5);
    expect(text).toBe("you typed: ls $(x)\r");
    const [create] = server.requests;
    expect(JSON.parse(create?.body.toString() ?? "")).toMatchObject({
      Tty: true,
      User: "0",
      AttachStdin: true,
      Cmd: ["/bin/sh", "-c", expect.stringContaining("bash"), expect.stringMatching(/=/)],
    });
    expect(server.lines()).toContain("POST /exec/e1/resize?h=30&w=100");
  });
});

describe("the exit code of a line", () => {
  const ended = { Running: false, ExitCode: 7 };
  test.each([
    ["Docker", { Running: true, ExitCode: null }],
    ["Podman", { Running: true, ExitCode: 0 }],
  ])("is asked for again while %s has not noted its end", async (_, first) => {
    const notedYet = [first, first, ended];
    const server = await serve({
      ...docker28,
      "POST /containers/abc/exec": { Id: "e1" },
      "POST /exec/e1/start": (response) => response.end(),
      "GET /exec/e1/json": (response) => {
        const answer = JSON.stringify(notedYet.shift() ?? ended);
        response.setHeader("content-type", "application/json").end(answer);
      },
    });
    const engine = await engineOf(server);
    expect(await engine.run(container, "exit 7", { print: () => undefined, signal: never })).toBe(7);
    expect(notedYet).toEqual([]);
  });
});

test("the container of a compose service is found by its labels, also if something else started it", async () => {
  const labels = (folder: string, more = {}) => ({
    "com.docker.compose.service": "db",
    "com.docker.compose.project.working_dir": folder,
    ...more,
  });
  const server = await serve({
    ...docker28,
    "GET /containers/json": [
      { Id: "other", Names: ["/other-db-1"], State: "running", Labels: labels("/work/other") },
      {
        Id: "once",
        Names: ["/shop-db-run-1"],
        State: "running",
        Labels: labels("/work/shop", { "com.docker.compose.oneoff": "True" }),
      },
      { Id: "db", Names: ["/shop-db-1"], Image: "shop-db", State: "running", Labels: labels("/work/shop") },
      { Id: "old", Names: ["/shop-db-2"], State: "exited", Labels: labels("/work/shop") },
    ],
  });
  const engine = await engineOf(server);
  expect(await engine.composed({ folder: "/work/shop", service: "db" })).toMatchObject({
    ...{ id: "db", name: "shop-db-1", running: true },
  });
  expect(await engine.composed({ folder: "/work", service: "db" })).toBeUndefined();
  const [request] = server.requests;
  expect(JSON.parse(request?.query.get("filters") ?? "")).toEqual({
    label: ["com.docker.compose.service=db"],
  });
  expect(request?.query.get("all")).toBe("true");
});
