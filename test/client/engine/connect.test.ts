import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { connect as connectEngine } from "../../../client/src/engine";
import { type Attempt, connect } from "../../../client/src/engine/connect";
import type { World } from "../../../client/src/engine/endpoints";
import { docker28, refuse, serve } from "./recording-server";

const world: World = { env: {}, platform: "linux", home: "/nowhere", readFile: async () => undefined };

async function attempt(host: string, timeout?: number): Promise<Attempt> {
  const found = await connect(world, { host, timeout });
  if ("docker" in found) throw new Error("an engine answered");
  const [only, ...more] = found.tried;
  expect(more).toEqual([]);
  return only as Attempt;
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
    const engine = await connectEngine({ host: `unix://${server.socket}` }, world);
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
    const tcp = createServer();
    await new Promise<void>((resolve) => tcp.listen(0, "127.0.0.1", resolve));
    const port = (tcp.address() as { port: number }).port;
    tcp.close();
    const found = await attempt(`tcp://127.0.0.1:${port}/prefix`);
    expect(found.reason).toBe("nothing listens there");
  });

  test("the next endpoint is tried when one gives no engine", async () => {
    const server = await serve(docker28);
    const home = await folder();
    const meta = JSON.stringify({ Endpoints: { docker: { Host: `unix://${server.socket}` } } });
    const readFile = async (path: string) => {
      if (path.endsWith("config.json")) return Buffer.from('{"currentContext":"c"}');
      return path.endsWith("meta.json") ? Buffer.from(meta) : undefined;
    };
    const found = await connect({ ...world, home, readFile });
    expect("docker" in found && found.endpoint.source).toBe("docker context c");
  });
});

describe("endpoints that give no engine", () => {
  test("no socket", async () => {
    expect(await attempt("unix:///nowhere/engine.sock")).toMatchObject({ reason: "there is no such socket" });
  });

  test("a socket nobody listens on", async () => {
    const path = join(await folder(), "engine.sock");
    const server = createServer().listen(path);
    await new Promise((resolve) => server.once("listening", resolve));
    // The file stays when its server does not take it away itself.
    server.unref();
    await writeFile(`${path}.stale`, "");
    expect(await attempt(`unix://${path}.stale`)).toMatchObject({ reason: "nothing listens there" });
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
      expect(await attempt(host)).toMatchObject({
        reason: "permission denied",
        hint: expect.stringContaining("group of the socket"),
      });
      const error = await connectEngine({ host }, world).catch((error) => error);
      expect(error).toMatchObject({
        code: "permission",
        tried: [expect.stringContaining("permission denied")],
      });
    } finally {
      if (root) process.seteuid?.(0);
      await chmod(path, 0o700);
    }
  });

  test("a server that says nothing", async () => {
    const server = await serve({ "GET /_ping": () => undefined });
    expect(await attempt(`unix://${server.socket}`, 200)).toMatchObject({ reason: "no answer within 0.2 s" });
  });

  test("a server that is no engine, or one that is not up yet", async () => {
    const other = await serve({ "GET /_ping": (response) => refuse(response, 503, "starting up") });
    expect((await attempt(`unix://${other.socket}`)).reason).toBe("it answered with HTTP 503: starting up");
  });

  test("a server that talks TLS", async () => {
    const server = await serve({
      "GET /_ping": (response) =>
        response.writeHead(400).end("Client sent an HTTP request to an HTTPS server."),
    });
    expect(await attempt(`unix://${server.socket}`)).toMatchObject({ reason: "it wants TLS" });
  });

  test("an engine of Windows containers", async () => {
    const server = await serve({ ...docker28, "GET /info": { OSType: "windows" } });
    expect(await attempt(`unix://${server.socket}`)).toMatchObject({ reason: "it runs Windows containers" });
  });

  test("the entry rejects with all that was tried, and how to get an engine", async () => {
    const env = { DOCKER_HOST: "unix:///nowhere/engine.sock" };
    const error = await connectEngine({}, { ...world, env }).catch((error) => error);
    expect(error).toMatchObject({
      code: "no-engine",
      message: "No container engine answers.",
      hint: "Start Docker or Podman, or name the engine's address in the settings.",
      tried: ["unix:///nowhere/engine.sock (DOCKER_HOST): there is no such socket"],
    });
  });

  test("an aborted search rejects with the abort", async () => {
    const server = await serve({ "GET /_ping": () => undefined });
    const cancel = new AbortController();
    const found = connect(world, { host: `unix://${server.socket}`, signal: cancel.signal });
    setTimeout(() => cancel.abort(), 50);
    await expect(found).rejects.toMatchObject({ name: "AbortError" });
  });
});
