import type { ServerResponse } from "node:http";
import { pack } from "tar-stream";
import { describe, expect, test } from "vitest";
import { connectTo } from "./connect-to";
import { docker28, type Recorded, refuse, serve } from "./recording-server";
import { rejection } from "./rejection";

const never = new AbortController().signal;

/** Files of an image: a text, or where a link leads in the end. */
const files: Readonly<Record<string, string | { readonly end: string }>> = {
  "/lib": { end: "/usr/lib" },
  "/sbin/init": { end: "/usr/lib/systemd/systemd" },
  "/usr/lib/systemd/systemd": "\u007fELF\0libsystemd-shared-252.so\0",
  "/etc/os-release": { end: "/usr/lib/os-release" },
  "/usr/lib/os-release": 'ID=debian\nVERSION_ID="12"\n',
  "/usr/local/bin/start": '#!/bin/sh\nexec "$@"\n',
  "/etc/passwd": "root:x:0:0::/root:/bin/sh\n",
};

const folders: Readonly<Record<string, readonly (readonly [name: string, to?: string])[]>> = {
  "/etc/systemd/system": [
    ["web.service"],
    ["multi-user.target.wants/web.service", "../web.service"],
    ["a.service", "/dev/null"],
  ],
};

function head(response: ServerResponse, { query }: Recorded) {
  const path = query.get("path") ?? "";
  const file = files[path];
  if (file === undefined && !folders[path]) return refuse(response, 404, "no such file");
  const stat = { name: path, linkTarget: typeof file === "object" ? file.end : "" };
  response.setHeader("x-docker-container-path-stat", Buffer.from(JSON.stringify(stat)).toString("base64"));
  response.end();
}

function archive(response: ServerResponse, { query }: Recorded) {
  const path = query.get("path") ?? "";
  const file = files[path];
  const tar = pack();
  const name = path.slice(path.lastIndexOf("/") + 1);
  if (typeof file === "string") tar.entry({ name }, file);
  else if (folders[path]) {
    tar.entry({ name: `${name}/`, type: "directory" });
    for (const [inner, linkname] of folders[path]) {
      if (linkname === undefined) tar.entry({ name: `${name}/${inner}` }, "[Unit]\n");
      else tar.entry({ name: `${name}/${inner}`, type: "symlink", linkname });
    }
  } else return refuse(response, 404, "no such file");
  tar.finalize();
  tar.pipe(response);
}

const answers = {
  ...docker28,
  "GET /images/my%2Fbase%3A1/json": {
    Id: "sha256:0123",
    Os: "linux",
    Architecture: "amd64",
    Config: {
      Entrypoint: ["start"],
      Cmd: ["/sbin/init"],
      User: "",
      Env: ["PATH=/usr/local/bin:/usr/bin", "container=docker"],
      Volumes: { "/var/lib/mysql": {}, "/sys/fs/cgroup": {}, "/etc/systemd": {} },
      Labels: { maker: "me" },
    },
  },
  "POST /containers/create": { Id: "abc" },
  "DELETE /containers/abc": {},
  "HEAD /containers/abc/archive": head,
  "GET /containers/abc/archive": archive,
};

const look = async (own: Parameters<typeof serve>[0] = {}) => {
  const server = await serve({ ...answers, ...own });
  const engine = await connectTo(`unix://${server.socket}`);
  return { server, engine, seen: () => engine.look("my/base:1", never) };
};

describe("looking into an image", () => {
  test("reads its configuration and the files that decide how systemd boots", async () => {
    const { seen } = await look();
    const { image } = await seen();
    expect(image).toMatchObject({
      id: "sha256:0123",
      platform: "linux/amd64",
      labels: { maker: "me" },
      environment: { container: "docker" },
      systemd: 252,
      distribution: ["debian"],
      release: "12",
      enabled: ["web.service"],
      masked: ["a.service"],
      units: ["a.service", "web.service"],
      machineId: "absent",
      users: ["root"],
      scripts: { start: '#!/bin/sh\nexec "$@"\n' },
    });
    expect(image.programs).toMatchObject({
      start: "/usr/local/bin/start",
      "/sbin/init": "/usr/lib/systemd/systemd",
    });
  });

  test("starts nothing, copies no volume that it does not read, and removes the container with its volumes", async () => {
    const { server, seen } = await look();
    await seen();
    const changes = server.requests.filter(({ method }) => !["GET", "HEAD"].includes(method));
    expect(changes.map(({ method, path }) => `${method} ${path}`)).toEqual([
      "POST /containers/create",
      "DELETE /containers/abc",
    ]);
    expect(changes[1]?.query.get("v")).toBe("true");
    const { HostConfig, Image, Labels } = JSON.parse(changes[0]?.body.toString() ?? "");
    expect(Image).toBe("sha256:0123");
    expect(Labels).toEqual({ maker: "", "dev.systemd-containers.container": "look" });
    expect(HostConfig.Mounts).toEqual(
      ["/var/lib/mysql", "/sys/fs/cgroup"].map((Target) => ({
        ...{ Type: "volume", Target },
        VolumeOptions: { NoCopy: true },
      })),
    );
  });

  test("removes the container when reading fails", async () => {
    const fail = (response: ServerResponse) => refuse(response, 500, "broken");
    const { server, seen } = await look({ "GET /containers/abc/archive": fail });
    await rejection(seen());
    expect(server.lines()).toContain("DELETE /containers/abc?force=true&v=true&timeout=0");
  });

  test("pulls nothing", async () => {
    const absent = (response: ServerResponse) => refuse(response, 404, "No such image: no/such:1");
    const { server, engine } = await look({ "GET /images/no%2Fsuch%3A1/json": absent });
    expect(await rejection(engine.look("no/such:1", never))).toMatchObject({ code: "image-missing" });
    expect(server.requests.filter(({ method }) => method === "POST")).toEqual([]);
  });
});

describe("the ID of an image", () => {
  test("is asked for with one request that changes nothing; undefined if there is none", async () => {
    const absent = (response: ServerResponse) => refuse(response, 404, "No such image: no/such:1");
    const { server, engine } = await look({ "GET /images/no%2Fsuch%3A1/json": absent });
    server.requests.length = 0;
    expect(await engine.imageId("my/base:1", never)).toBe("sha256:0123");
    expect(await engine.imageId("no/such:1", never)).toBeUndefined();
    expect(server.lines()).toEqual(["GET /images/my%2Fbase%3A1/json", "GET /images/no%2Fsuch%3A1/json"]);
  });

  test("rejects if the engine fails or is gone", async () => {
    const { server, engine } = await look({
      "GET /images/my%2Fbase%3A1/json": (response: ServerResponse) => refuse(response, 500, "broken"),
    });
    expect(await rejection(engine.imageId("my/base:1", never))).toMatchObject({ code: "engine-error" });
    await server.stop();
    const { code } = await rejection(engine.imageId("my/base:1", never));
    expect(["engine-gone", "not-running"]).toContain(code);
  });
});
