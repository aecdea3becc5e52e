import { createHash } from "node:crypto";
import { chmod, mkdir, mkdtemp, readFile as read, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { isConnection, search } from "../../../../client/src/engine/connect/connect";
import type { System } from "../../../../client/src/engine/connect/endpoints";
import { find } from "../../../../client/src/engine-entry";
import type { SilentReason } from "../../../../client/src/ports/fault";
import { connectTo, noWorld } from "../connect-to";
import { docker28, refuse, serve } from "../recording-server";
import { rejection } from "../rejection";

const world: System = { ...noWorld, platform: "linux" };

/** Why no engine answers there. */
async function attempt(host: string, timeout?: number): Promise<SilentReason> {
  const { places } = await search(world, { host, timeout });
  const [only, ...more] = places;
  expect(more).toEqual([]);
  if (!only || isConnection(only)) throw new Error("an engine answered");
  return only.reason;
}

/** The time that was waited, as it is reported. */
function secondsIn(reason: SilentReason | undefined): number {
  expect(reason?.code).toBe("late");
  return reason?.code === "late" ? Number(reason.seconds.toFixed(1)) : Number.NaN;
}

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), "systemd-containers-test-"));
  onTestFinished(() => rm(path, { recursive: true }));
  return path;
}

describe("an engine that answers", () => {
  test("its name and its facts; what is asked goes to the endpoint alone, whatever the environment says", async () => {
    vi.stubEnv("DOCKER_HOST", "tcp://not a host:1");
    vi.stubEnv("DOCKER_CERT_PATH", "/nowhere");
    onTestFinished(() => void vi.unstubAllEnvs());
    const server = await serve(docker28);
    const engine = await connectTo(`unix://${server.socket}`, world);
    expect(engine.name).toBe("Docker 28.5.2");
    expect(engine.facts).toEqual({
      engine: "docker",
      version: "28.5.2",
      cgroupVersion: 2,
      rootless: false,
      usernsRemap: false,
      appArmor: false,
      seLinux: false,
    });
    expect(server.lines().sort()).toEqual(["GET /_ping", "GET /info", "GET /networks", "GET /version"]);
    expect(process.env.DOCKER_HOST).toBe("tcp://not a host:1");
  });

  test("over tcp, with a path before the API", async () => {
    // The port of the discard protocol is given to no program that asks for a free one.
    expect(await attempt("tcp://127.0.0.1:9/prefix")).toEqual({ code: "nothing-listens" });
  });
});

describe("a search", () => {
  /** A home with a current docker context and others, all at sockets. */
  async function homeWith(contexts: Readonly<Record<string, string>>, currentContext?: string) {
    const home = await folder();
    await mkdir(join(home, ".docker"));
    await writeFile(join(home, ".docker/config.json"), JSON.stringify({ currentContext }));
    for (const [Name, socket] of Object.entries(contexts)) {
      const id = createHash("sha256").update(Name).digest("hex");
      const meta = { Name, Endpoints: { docker: { Host: `unix://${socket}` } } };
      await mkdir(join(home, ".docker/contexts/meta", id), { recursive: true });
      await writeFile(join(home, ".docker/contexts/meta", id, "meta.json"), JSON.stringify(meta));
    }
    const readFile = (path: string) => read(path).catch(() => undefined);
    return { ...world, home, readFile, listFolder: (path: string) => readdir(path).catch(() => []) };
  }

  const engine = (id: string) => ({
    ...docker28,
    "GET /info": { ...docker28["GET /info"], ID: id, Name: "machine", DockerRootDir: "/var/lib/docker" },
  });

  test("asks at all places, and says of each why none answered there", async () => {
    const server = await serve(docker28);
    const { namedBy, places } = await find({}, await homeWith({ c: server.socket }, "c"));
    expect(namedBy).toBeUndefined();
    expect(places[0]).toMatchObject({
      source: { code: "context", context: "c" },
      engine: { name: "Docker 28.5.2" },
    });
    const desktop = places.find(({ url }) => url.endsWith("/.docker/desktop/docker.sock"));
    expect(desktop).toMatchObject({ source: { code: "docker-desktop" }, reason: { code: "no-socket" } });
  });

  test("two ways to one engine are one place, two engines are two", async () => {
    const [one, other] = [await serve(engine("1")), await serve(engine("2"))];
    const link = `${one.socket}.link`;
    await symlink(one.socket, link);
    const home = await homeWith({ a: one.socket, b: link, c: other.socket });
    const { places } = await find({ everywhere: true }, home);
    const found = places.filter(({ engine }) => engine).map(({ source }) => source);
    expect(found).toEqual([
      { code: "context", context: "a" },
      { code: "context", context: "c" },
    ]);
  });

  test("contexts that are not the current one are asked only everywhere, or when one was chosen", async () => {
    const server = await serve(docker28);
    const home = await homeWith({ other: server.socket });
    await expect(find({}, home)).rejects.toMatchObject({ code: "no-engine" });
    const url = `unix://${server.socket}`;
    const { places } = await find({ url }, home);
    expect(places).toMatchObject([{ url, source: { code: "context", context: "other" }, engine: { url } }]);
  });

  test("a place that hangs holds nothing up once a likelier one answered; the likelier get their time", async () => {
    const quick = await serve(engine("1"));
    const hanging = await serve({ "GET /_ping": () => undefined });
    const slow = await serve({
      ...engine("2"),
      "GET /_ping": (response) => setTimeout(() => response.end("OK"), 1_200),
    });
    const env = { CONTAINER_HOST: `unix://${hanging.socket}` };
    const found = await find({}, { ...(await homeWith({ c: quick.socket }, "c")), env });
    const late = found.places.find(({ url }) => url === env.CONTAINER_HOST);
    // Alone it gets 15 s.
    expect(secondsIn(late?.reason)).toBeLessThan(3);

    const other = { CONTAINER_HOST: `unix://${quick.socket}` };
    const both = await find({}, { ...(await homeWith({ c: slow.socket }, "c")), env: other });
    const answering = both.places.filter(({ engine }) => engine);
    expect(answering.map(({ source }) => source)).toEqual([
      { code: "context", context: "c" },
      { code: "variable", name: "CONTAINER_HOST" },
    ]);
  });

  test("an engine that needs seconds to respond is found, but no list waits for it", async () => {
    const sleepy = await serve({
      ...engine("1"),
      "GET /_ping": (response) => setTimeout(() => response.end("OK"), 3_500),
    });
    const home = await homeWith({ c: sleepy.socket }, "c");
    const [needed, listed] = await Promise.all([
      find({}, home),
      find({ everywhere: true }, home).catch((e) => e),
    ]);
    expect(needed.places.filter(({ engine }) => engine)).toHaveLength(1);
    expect(listed).toMatchObject({ code: "no-engine" });
  });

  test("what the environment names decides alone, whatever was chosen", async () => {
    const [one, other] = [await serve(engine("1")), await serve(engine("2"))];
    const home = await homeWith({ one: one.socket });
    const env = { DOCKER_HOST: `unix://${other.socket}` };
    const { namedBy, places } = await find({ url: `unix://${one.socket}` }, { ...home, env });
    expect(namedBy).toEqual({ code: "variable", name: "DOCKER_HOST" });
    expect(places.map(({ url }) => url)).toEqual([env.DOCKER_HOST]);
    expect(one.requests).toEqual([]);
  });
});

describe("endpoints that give no engine", () => {
  test("no socket", async () => {
    expect(await attempt("unix:///nowhere/engine.sock")).toEqual({ code: "no-socket" });
  });

  test("a socket nobody listens on", async () => {
    const path = join(await folder(), "engine.sock");
    const server = createServer().listen(path);
    await new Promise((resolve) => server.once("listening", resolve));
    // The file stays when its server does not take it away itself.
    server.unref();
    await writeFile(`${path}.stale`, "");
    expect(await attempt(`unix://${path}.stale`)).toEqual({ code: "nothing-listens" });
    server.close();
  });

  test("no permission: what to do about it", async () => {
    const path = await folder();
    const server = createServer().listen(join(path, "engine.sock"));
    await new Promise((resolve) => server.once("listening", resolve));
    onTestFinished(() => void server.close());
    await chmod(path, 0);
    const root = process.getuid?.() === 0;
    if (root) process.seteuid?.(65_534);
    try {
      const host = `unix://${join(path, "engine.sock")}`;
      expect(await attempt(host)).toEqual({ code: "permission" });
      const error = await rejection(connectTo(host, world));
      expect(error).toMatchObject({ code: "permission", tried: [{ reason: { code: "permission" } }] });
    } finally {
      if (root) process.seteuid?.(0);
      await chmod(path, 0o700);
    }
  });

  test("a server that says nothing", async () => {
    const server = await serve({ "GET /_ping": () => undefined });
    const reason = await attempt(`unix://${server.socket}`, 200);
    expect(secondsIn(reason)).toBeGreaterThanOrEqual(0.2);
    // Without the limit it gets 15 s.
    expect(secondsIn(reason)).toBeLessThan(3);
  });

  test("a server that is no engine, or one that is not up yet", async () => {
    const other = await serve({ "GET /_ping": (response) => refuse(response, 503, "starting up") });
    expect(await attempt(`unix://${other.socket}`)).toEqual({
      code: "http",
      status: 503,
      said: "starting up",
    });
  });

  test("a server that talks TLS", async () => {
    const server = await serve({
      "GET /_ping": (response) =>
        response.writeHead(400).end("Client sent an HTTP request to an HTTPS server."),
    });
    expect(await attempt(`unix://${server.socket}`)).toEqual({ code: "wants-tls" });
  });

  test("an engine of Windows containers", async () => {
    const server = await serve({ ...docker28, "GET /info": { OSType: "windows" } });
    expect(await attempt(`unix://${server.socket}`)).toEqual({ code: "windows" });
  });

  test("the entry rejects with all that was tried, and how to get an engine", async () => {
    const env = { DOCKER_HOST: "unix:///nowhere/engine.sock" };
    const error = await rejection(find({}, { ...world, env }));
    expect(error).toMatchObject({
      code: "no-engine",
      tried: [
        {
          url: "unix:///nowhere/engine.sock",
          source: { code: "variable", name: "DOCKER_HOST" },
          reason: { code: "no-socket" },
        },
      ],
    });
  });

  test("an aborted search rejects with the abort", async () => {
    const server = await serve({ "GET /_ping": () => undefined });
    const cancel = new AbortController();
    const found = search(world, { host: `unix://${server.socket}`, signal: cancel.signal });
    setTimeout(() => cancel.abort(), 50);
    await expect(found).rejects.toMatchObject({ name: "AbortError" });
  });
});
