import type { ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { describe, expect, onTestFinished, test } from "vitest";
import { find } from "../../../client/src/engine-entry";
import { bootLabel } from "../../../client/src/flows/trial-mark";
import { bootNamed } from "../../../server/src/cli/boot/boot";
import type { BootAsked } from "../../../server/src/cli/boot-asked";
import { texts } from "../../../server/src/cli/texts";
import { noWorld } from "../../client/engine/connect-to";
import { execs } from "../../client/engine/execs";
import {
  type Answer,
  docker28,
  type RecordingServer,
  refuse,
  serve,
} from "../../client/engine/recording-server";

type Answers = Record<string, Answer>;

/** An engine with one image that boots systemd: its containers are `look` and `c1`. */
function booting(more: Answers = {}): Answers {
  let created = 0;
  let end = () => {};
  let isThere = false;
  const stat = (path: string, linkTarget: string) =>
    Buffer.from(JSON.stringify({ name: path, linkTarget })).toString("base64");
  const archive: Answer = (response, { query }) => {
    const path = query.get("path") ?? "";
    if (path !== "/sbin/init") return refuse(response, 404, "no such file");
    response.setHeader("x-docker-container-path-stat", stat(path, "/usr/lib/systemd/systemd"));
    response.end();
  };
  const removed = (response: ServerResponse) => {
    isThere = false;
    end();
    response.writeHead(204).end();
  };
  const run = (argv: readonly string[]) => (argv.includes("is-system-running") ? "running\n" : "");
  return Object.assign(execs(["c1"], run), {
    ...docker28,
    "GET /images/json": [],
    "GET /volumes": { Volumes: [] },
    "GET /containers/json": (response: ServerResponse) =>
      response.end(JSON.stringify(isThere ? [{ Id: "c1", Names: ["/c"], Labels: {} }] : [])),
    "GET /images/web:1/json": { Id: "sha256:1", Architecture: "amd64", Config: { Cmd: ["/sbin/init"] } },
    "GET /images/web%3A1/json": { Id: "sha256:1", Architecture: "amd64", Config: { Cmd: ["/sbin/init"] } },
    "POST /containers/create": (response: ServerResponse) => {
      isThere = ++created > 1;
      response.end(JSON.stringify({ Id: isThere ? "c1" : "look" }));
    },
    "HEAD /containers/look/archive": archive,
    "GET /containers/look/archive": (response: ServerResponse) => refuse(response, 404, "no such file"),
    "DELETE /containers/look": (response: ServerResponse) => response.writeHead(204).end(),
    "POST /containers/c1/start": (response: ServerResponse) => response.writeHead(204).end(),
    "GET /containers/c1/json": { State: { Running: true }, Config: { Tty: true } },
    "GET /containers/c1/logs": (response: ServerResponse) => response.flushHeaders(),
    "POST /containers/c1/wait": (response: ServerResponse) => {
      response.flushHeaders();
      end = () => response.end(JSON.stringify({ StatusCode: 0 }));
    },
    "POST /containers/c1/stop": (response: ServerResponse) => {
      end();
      response.writeHead(204).end();
    },
    "DELETE /containers/c1": removed,
    ...more,
  });
}

const hangs: Answer = (response) => response.on("error", () => undefined);

const asked: BootAsked = {
  what: "web:1",
  seconds: 30,
  waitFor: [],
  expectActive: [],
  allowFailed: [],
  restart: false,
  keep: false,
};

/** Boots an image of the engine, and returns the result and how long it took. */
async function bootOn(
  server: RecordingServer,
  more: Partial<BootAsked> = {},
  interruptions: readonly AbortSignal[] = [],
) {
  const started = performance.now();
  const err: string[] = [];
  const host = {
    ...{ cwd: tmpdir(), err: (line: string) => err.push(line), interruptions },
    find: (where: Parameters<typeof find>[0]) => find(where, noWorld),
    grace: { reporting: 0.3, stopping: 0.6, ending: 0.9, removing: 0.9 },
  };
  const engine = `unix://${server.socket}`;
  const { code, row } = await bootNamed({ ...asked, engine, ...more }, host);
  if (!row) throw new Error(err.join(""));
  return { code, row, seconds: (performance.now() - started) / 1000 };
}

/** What changes something at the engine, in its order. */
const changes = ({ requests }: RecordingServer) =>
  requests
    .filter(({ method, path }) => method !== "GET" && method !== "HEAD" && !/\/(exec|wait)\b/.test(path))
    .map(({ method, path }) => `${method} ${path}`);

describe("the requests of a boot", () => {
  test("look into the image, create, start, stop, remove, and ask for what is left", async () => {
    const server = await serve(booting());
    const { code, row } = await bootOn(server);
    expect(code, JSON.stringify(row)).toBe(0);
    expect(changes(server)).toEqual([
      "POST /containers/create",
      "DELETE /containers/look",
      "POST /containers/create",
      "POST /containers/c1/start",
      "POST /containers/c1/stop",
      "DELETE /containers/c1",
    ]);
    const last = server.requests.slice(-3).map(({ path }) => path);
    expect(last.sort()).toEqual(["/containers/json", "/images/json", "/volumes"]);
    const create = server.requests.filter(({ path }) => path === "/containers/create")[1];
    const { Labels } = JSON.parse(create?.body.toString() ?? "{}");
    expect(Labels).toMatchObject({ [bootLabel]: expect.stringMatching(/^\d+\/[^/]+\/[\d.]+\/\w+$/) });
  });

  test("stop nothing and remove nothing where it is kept", async () => {
    const server = await serve(booting());
    const { code, row } = await bootOn(server, { keep: true });
    expect([code, row.kept]).toEqual([0, expect.stringMatching(/^systemd-containers-boot-\w+$/)]);
    expect(changes(server).at(-1)).toBe("POST /containers/c1/start");
    expect(row.removeBy).toEqual([`docker rm --force --volumes ${row.kept}`]);
  });

  test("start again what was stopped, where it boots twice", async () => {
    const server = await serve(booting());
    expect((await bootOn(server, { restart: true })).code).toBe(0);
    const own = changes(server).filter((line) => line.includes("/c1"));
    expect(own.map((line) => line.split("/").at(-1))).toEqual(["start", "stop", "start", "stop", "c1"]);
  });
});

describe("an engine that does not answer", () => {
  test.each([
    "GET /images/json",
    "POST /containers/create",
    "POST /containers/c1/start",
    "GET /containers/c1/json",
    "POST /containers/c1/exec",
    "POST /containers/c1/stop",
    "DELETE /containers/c1",
  ])("%s: it ends in time, with the last state and what may be left", async (request) => {
    const server = await serve(booting({ [request]: hangs }));
    const { code, row, seconds } = await bootOn(server, { seconds: 1 });
    expect([code, row.asExpected]).toEqual([1, false]);
    expect(seconds).toBeLessThan(3.5);
    const isThere = changes(server).includes("POST /containers/c1/start") && !/exec|json|stop/.test(request);
    if (isThere)
      expect(row.removeBy.join()).toContain("docker rm --force --volumes systemd-containers-boot-");
  });

  test("is gone after the start: that is the cause, and what may be left is named", async () => {
    const server: RecordingServer = await serve(
      booting({
        "POST /containers/c1/exec": () => {
          void server.stop();
        },
      }),
    );
    const { code, row } = await bootOn(server, { seconds: 2 });
    expect([code, row.asExpected]).toEqual([1, false]);
    expect(row.causes.length).toBeGreaterThan(0);
    expect(row.removeBy.join()).toContain("systemd-containers-boot-");
  });
});

describe("an interruption", () => {
  test("while it boots removes the container, and is no success", async () => {
    const end = new AbortController();
    onTestFinished(() => end.abort());
    const server = await serve(booting({ "POST /containers/c1/exec": hangs }));
    const boot = bootOn(server, {}, [end.signal]);
    await expect.poll(() => server.lines()).toContain("POST /containers/c1/exec");
    end.abort();
    const { code, row } = await boot;
    expect([code, row.endedBy, row.state]).toEqual([1, "interrupted", "starting"]);
    expect(changes(server).at(-1)).toBe("DELETE /containers/c1");
    expect(row.removeBy).toEqual([]);
  });

  test("a second one ends it at once, and what may be left is named", async () => {
    const [first, second] = [new AbortController(), new AbortController()];
    const server = await serve(
      booting({ "POST /containers/c1/exec": hangs, "DELETE /containers/c1": hangs }),
    );
    const boot = bootOn(server, {}, [first.signal, second.signal]);
    await expect.poll(() => server.lines()).toContain("POST /containers/c1/exec");
    first.abort();
    second.abort();
    const { row, code } = await boot;
    expect([code, row.endedBy]).toEqual([1, "interrupted"]);
    expect(row.removeBy.join()).toContain("systemd-containers-boot-");
  });
});

test.each(["Nowhere/Dockerfile", "./none", "none#stage"])(
  "%s, which is no file and cannot be an image, is reported",
  async (what) => {
    const server = await serve(booting());
    const failed = await bootOn(server, { what }).catch((error: Error) => error.message);
    expect(failed).toBe(`${what}: ${texts.absent}\n`);
    expect(server.requests).toEqual([]);
  },
);

test("an engine that is not there is reported with each place where it was looked for", async () => {
  const server = await serve({});
  const { code, row } = await bootOn(server, { engine: "unix:///nowhere/engine.sock" });
  expect([code, row.state]).toEqual([3, "no-engine"]);
  expect(row.output).toEqual([expect.stringContaining("unix:///nowhere/engine.sock (--engine)")]);
});
