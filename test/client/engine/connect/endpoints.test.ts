import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import {
  type Endpoint,
  namedEndpoint,
  possibleEndpoints,
  type System,
} from "../../../../client/src/engine/connect/endpoints";

function world(given: Partial<System> = {}, files: Readonly<Record<string, string>> = {}): System {
  return {
    env: {},
    platform: "linux",
    home: "/home/u",
    readFile: async (path) => (path in files ? Buffer.from(files[path] ?? "") : undefined),
    listFolder: async (path) =>
      Object.keys(files).flatMap(
        (file) => (file.startsWith(`${path}/`) ? file.slice(path.length + 1).split("/")[0] : []) ?? [],
      ),
    ...given,
  };
}

const id = (name: string) => createHash("sha256").update(name).digest("hex");

/** The files of a docker context in a docker configuration directory. */
function context(name: string, docker: object, tls: Readonly<Record<string, string>> = {}) {
  const contexts = "/home/u/.docker/contexts";
  const material = Object.entries(tls).map(([file, text]) => [
    `${contexts}/tls/${id(name)}/docker/${file}`,
    text,
  ]);
  return {
    [`${contexts}/meta/${id(name)}/meta.json`]: JSON.stringify({ Name: name, Endpoints: { docker } }),
    ...Object.fromEntries(material),
  };
}

/** The places that are asked: the named one alone, else all. */
async function endpoints(at: System, setting?: string) {
  const named = await namedEndpoint(at, setting);
  return named ? [named] : possibleEndpoints(at);
}

/** What is wrong with an address, in words. */
function problemOf(endpoint: Endpoint | undefined): string | undefined {
  return endpoint?.problem?.code;
}

async function urls(given: Partial<System>, files?: Record<string, string>, setting?: string) {
  return (await endpoints(world(given, files), setting)).map(({ url }) => url);
}

describe("where an engine is looked for when nobody says", () => {
  test("Linux: Docker, Docker Desktop, rootless, then Podman", async () => {
    expect(await urls({ env: { XDG_RUNTIME_DIR: "/run/user/1000" } })).toEqual([
      "unix:///var/run/docker.sock",
      "unix:///home/u/.docker/run/docker.sock",
      "unix:///home/u/.docker/desktop/docker.sock",
      "unix:///run/user/1000/docker.sock",
      "unix:///run/user/1000/podman/podman.sock",
      "unix:///run/podman/podman.sock",
      "unix:///run/user/1000/podman/podman-machine-default-api.sock",
    ]);
  });

  test("macOS: Docker Desktop, then the Podman machine", async () => {
    expect(
      await urls({ platform: "darwin", home: "/Users/u", env: { TMPDIR: "/var/folders/x/T/" } }),
    ).toEqual([
      "unix:///var/run/docker.sock",
      "unix:///Users/u/.docker/run/docker.sock",
      "unix:///var/folders/x/T/podman/podman-machine-default-api.sock",
      "unix:///Users/u/.local/share/containers/podman/machine/podman.sock",
    ]);
  });

  test("Windows: named pipes", async () => {
    expect(await urls({ platform: "win32", home: "C:\\Users\\u" })).toEqual([
      "npipe:////./pipe/docker_engine",
      "npipe:////./pipe/dockerDesktopLinuxEngine",
      "npipe:////./pipe/podman-machine-default",
    ]);
  });

  test("Podman machines beside the default one are known by Podman's list of connections", async () => {
    const list = JSON.stringify({
      Connection: {
        Default: "work",
        Connections: {
          work: { URI: "ssh://core@127.0.0.1:1/run/user/501/podman/podman.sock", IsMachine: true },
          "work-root": { URI: "ssh://root@127.0.0.1:1/run/podman/podman.sock", IsMachine: true },
          "podman-machine-default": { IsMachine: true },
          server: { URI: "ssh://h/run/podman/podman.sock", Identity: "/k" },
          broken: null,
        },
      },
    });
    const mac = { platform: "darwin", home: "/Users/u", env: { TMPDIR: "/t/" } } as const;
    const found = await urls(mac, { "/Users/u/.config/containers/podman-connections.json": list });
    expect(found.filter((url) => url.includes("podman/"))).toEqual([
      "unix:///t/podman/podman-machine-default-api.sock",
      "unix:///Users/u/.local/share/containers/podman/machine/podman.sock",
      "unix:///t/podman/work-api.sock",
    ]);
    const files = { "/Users/u/.config/containers/podman-connections.json": list };
    expect((await possibleEndpoints(world(mac, files), true)).at(-1)).toEqual({
      ...{
        url: "ssh://h/run/podman/podman.sock",
        source: { code: "podman-connection", connection: "server" },
      },
      podman: { key: "/k" },
    });
    const windows = { platform: "win32", home: "C:\\Users\\u", env: { APPDATA: "C:\\A" } } as const;
    const pipes = await urls(windows, { "C:\\A\\containers\\podman-connections.json": list });
    expect(pipes.slice(-2)).toEqual([
      "npipe:////./pipe/podman-machine-default",
      "npipe:////./pipe/podman-work",
    ]);
  });

  test("CONTAINER_HOST behind ssh is Podman's, with the key that its variable names", async () => {
    const env = { CONTAINER_HOST: "ssh://core@h:1/run/podman/podman.sock", CONTAINER_SSHKEY: "/k" };
    expect(await endpoints(world({ env }))).toContainEqual({
      url: "ssh://core@h:1/run/podman/podman.sock",
      source: { code: "variable", name: "CONTAINER_HOST" },
      podman: { key: "/k" },
    });
  });

  test("CONTAINER_HOST is Podman's own variable", async () => {
    expect(await urls({ env: { CONTAINER_HOST: "unix:///p.sock" } })).toContain("unix:///p.sock");
  });
});

describe("who names an engine", () => {
  test.each([
    ["unix:///x y.sock", "unix:///x y.sock"],
    ["unix://", "unix:///var/run/docker.sock"],
    ["/x.sock", "unix:///x.sock"],
    ["npipe:////./pipe/mine", "npipe:////./pipe/mine"],
    ["\\\\.\\pipe\\mine", "npipe:////./pipe/mine"],
    ["tcp://host:2375", "tcp://host:2375"],
    ["host:2375", "tcp://host:2375"],
    ["[::1]:2375", "tcp://[::1]:2375"],
    ["http://host:2375", "tcp://host:2375"],
    ["ssh://me@host:22", "ssh://me@host:22"],
  ])("DOCKER_HOST %s is %s and nothing else", async (value, url) => {
    const [found, ...more] = await endpoints(world({ env: { DOCKER_HOST: value } }));
    expect(found).toEqual({ url, source: { code: "variable", name: "DOCKER_HOST" } });
    expect(more).toEqual([]);
  });

  test.each(["ftp://host", "://", "tcp://", "tcp://a b", "fd://3"])("%s is no address", async (value) => {
    const [found] = await endpoints(world({ env: { DOCKER_HOST: value } }));
    expect(found?.problem).toBeDefined();
  });

  test.each(["ssh://me:s3cret@host", "tcp://me:s3cret@host:2376"])(
    "a password in %s is refused",
    async (value) => {
      const [found] = await endpoints(world({ env: { DOCKER_HOST: value } }));
      expect(problemOf(found)).toBe("password");
      expect(JSON.stringify(found)).not.toContain("s3cret");
    },
  );

  test("the setting comes before DOCKER_HOST, DOCKER_HOST before DOCKER_CONTEXT", async () => {
    const env = { DOCKER_HOST: "unix:///a", DOCKER_CONTEXT: "c" };
    expect(await urls({ env }, {}, "unix:///s")).toEqual(["unix:///s"]);
    expect(await urls({ env })).toEqual(["unix:///a"]);
  });

  test("TLS variables: certificates, verified or not", async () => {
    const files = { "/c/ca.pem": "CA", "/c/cert.pem": "CERT", "/c/key.pem": "KEY" };
    const env = { DOCKER_HOST: "tcp://h:2376", DOCKER_CERT_PATH: "/c", DOCKER_TLS_VERIFY: "1" };
    const tls = { ca: Buffer.from("CA"), cert: Buffer.from("CERT"), key: Buffer.from("KEY"), verify: true };
    expect(await endpoints(world({ env }, files))).toEqual([
      { url: "tcp://h:2376", source: { code: "variable", name: "DOCKER_HOST" }, tls },
    ]);
    const lax = { ...env, DOCKER_TLS_VERIFY: "" };
    expect((await endpoints(world({ env: lax }, files)))[0]?.tls?.verify).toBe(false);
  });

  test("the certificates are in the docker folder when no folder is named", async () => {
    const env = { DOCKER_HOST: "tcp://h:2376", DOCKER_TLS_VERIFY: "1" };
    const [found] = await endpoints(world({ env }, { "/home/u/.docker/ca.pem": "CA" }));
    expect(found?.tls?.ca?.toString()).toBe("CA");
  });
});

describe("docker contexts", () => {
  const config = { "/home/u/.docker/config.json": JSON.stringify({ currentContext: "wörk" }) };

  test("the current context comes first, the default sockets after it", async () => {
    const files = { ...config, ...context("wörk", { Host: "unix:///w.sock" }) };
    const found = await endpoints(world({}, files));
    expect(found[0]).toEqual({ url: "unix:///w.sock", source: { code: "context", context: "wörk" } });
    expect(found[1]?.url).toBe("unix:///var/run/docker.sock");
  });

  test("the other contexts come last, and only when everywhere is looked", async () => {
    const files = {
      ...config,
      ...context("wörk", { Host: "unix:///w.sock" }),
      ...context("b", { Host: "tcp://b:1" }),
      ...context("a", { Host: "ssh://a" }),
    };
    expect(await urls({}, files)).not.toContain("tcp://b:1");
    const all = await possibleEndpoints(world({}, files), true);
    expect(all.slice(-2).map(({ source }) => source)).toEqual([
      { code: "context", context: "a" },
      { code: "context", context: "b" },
    ]);
    expect(all.filter(({ url }) => url === "unix:///w.sock")).toHaveLength(1);
  });

  test("DOCKER_CONTEXT names another, alone", async () => {
    const files = { ...config, ...context("other", { Host: "tcp://h:1" }) };
    expect(await urls({ env: { DOCKER_CONTEXT: "other" } }, files)).toEqual(["tcp://h:1"]);
  });

  test("DOCKER_CONTEXT default is the default sockets, whatever the current context", async () => {
    const files = { ...config, ...context("wörk", { Host: "unix:///w.sock" }) };
    expect((await urls({ env: { DOCKER_CONTEXT: "default" } }, files))[0]).toBe(
      "unix:///var/run/docker.sock",
    );
  });

  test("its TLS material", async () => {
    const files = { ...config, ...context("wörk", { Host: "tcp://h:2376" }, { "ca.pem": "CA" }) };
    expect((await endpoints(world({}, files)))[0]?.tls).toMatchObject({
      ca: Buffer.from("CA"),
      verify: true,
    });
    const lax = { ...config, ...context("wörk", { Host: "tcp://h:2376", SkipTLSVerify: true }) };
    expect((await endpoints(world({}, lax)))[0]?.tls).toMatchObject({ verify: false });
  });

  test("one that is not there, or that names no host, is said to be so", async () => {
    expect(problemOf((await endpoints(world({}, config)))[0])).toBe("no-context");
    const empty = { ...config, ...context("wörk", {}) };
    expect(problemOf((await endpoints(world({}, empty)))[0])).toBe("context-without-host");
  });

  test.each(["{", "[]", "null", '"x"', '{"currentContext":7}', "\uFEFF{}"])(
    "config.json %s",
    async (text) => {
      const found = await urls({}, { "/home/u/.docker/config.json": text });
      expect(found[0]).toBe("unix:///var/run/docker.sock");
    },
  );

  test("DOCKER_CONFIG moves the folder", async () => {
    const files = { "/d/config.json": '{"currentContext":"gone"}' };
    expect((await endpoints(world({ env: { DOCKER_CONFIG: "/d" } }, files)))[0]?.source).toEqual({
      code: "context",
      context: "gone",
    });
  });

  test("on Windows paths have backslashes", async () => {
    const asked: string[] = [];
    const readFile = async (path: string) => {
      asked.push(path);
      return undefined;
    };
    await endpoints(world({ platform: "win32", home: "C:\\Users\\u", readFile }));
    expect(asked).toContain("C:\\Users\\u\\.docker\\config.json");
    expect(asked.filter((path) => path.includes("/"))).toEqual([]);
  });
});
