import { describe, expect, test } from "vitest";
import type { System } from "../../../client/src/engine/connect/endpoints";
import { connectTo, noWorld } from "./connect-to";
import { docker28, type Recorded, refuse, serve } from "./recording-server";
import { rejection } from "./rejection";

const never = new AbortController().signal;
const container = { id: "abc", name: "web", running: true };
const job = { report: () => undefined, signal: never };

/** A computer whose docker has these logins. */
function withLogins(auths: object): System {
  const config = Buffer.from(JSON.stringify({ auths }));
  return { ...noWorld, readFile: async (path) => (path.endsWith("config.json") ? config : undefined) };
}

const authOf = (request: Recorded | undefined) =>
  JSON.parse(Buffer.from(String(request?.headers["x-registry-auth"]), "base64url").toString());

test("a container is committed without the labels by which its image would count as a container of this extension", async () => {
  const server = await serve({ ...docker28, "POST /commit": { Id: "sha256:1" } });
  const engine = await connectTo(`unix://${server.socket}`);
  await engine.commit(container, "localhost:5000/web", never);
  expect([...(server.requests.at(-1)?.query ?? [])]).toEqual([
    ["container", "abc"],
    ["repo", "localhost:5000/web"],
    ["tag", "latest"],
    ["changes", 'LABEL dev.systemd-containers.container="" dev.systemd-containers.source=""'],
  ]);
});

test("the image of a container is known by its id, with its names, and tagged by it", async () => {
  const server = await serve({
    ...docker28,
    "GET /containers/abc/json": { Image: "sha256:1", Config: { Image: "web:systemd" } },
    "GET /images/sha256%3A1/json": { RepoTags: ["web:systemd", "r.example/web:2"] },
    "POST /images/sha256%3A1/tag": {},
  });
  const engine = await connectTo(`unix://${server.socket}`);
  const image = await engine.imageOf(container);
  expect(image).toEqual({ id: "sha256:1", names: ["web:systemd", "r.example/web:2"] });
  await engine.tag(image.id, "r.example:80/web:3");
  expect(server.lines().at(-1)).toBe("POST /images/sha256%3A1/tag?repo=r.example%3A80%2Fweb&tag=3");
});

describe("a push", () => {
  const path = "POST /images/r.example%2Fweb/push";
  const pushed = (...lines: object[]) => lines.map((line) => `${JSON.stringify(line)}\r\n`).join("");

  test("has the login of docker's configuration in a header, and reports how far it is", async () => {
    const text = pushed(
      { status: "The push refers to repository [r.example/web]" },
      { status: "Pushing", progress: "[=>  ] 1kB/2kB", id: "0123" },
      { aux: { Tag: "1" } },
    );
    const server = await serve({
      ...docker28,
      [path]: (response) => {
        response.write(text.slice(0, 30));
        setTimeout(() => response.end(text.slice(30)), 20);
      },
    });
    const auth = Buffer.from("me:s3cret").toString("base64");
    const engine = await connectTo(`unix://${server.socket}`, withLogins({ "r.example": { auth } }));
    const said: string[] = [];
    await engine.push("r.example/web:1", { report: (line) => said.push(line), signal: never });
    expect(said).toEqual(["The push refers to repository [r.example/web]", "0123: Pushing [=>  ] 1kB/2kB"]);
    const request = server.requests.at(-1);
    expect(authOf(request)).toEqual({ username: "me", password: "s3cret", serveraddress: "r.example" });
    expect(request?.url).toBe("/images/r.example%2Fweb/push?tag=1");
  });

  test.each([
    ["no basic auth credentials", {}, "login"],
    ["denied: requested access to the resource is denied", {}, "login"],
    ["denied: requested access to the resource is denied", { auth: "bTpz" }, "permission"],
    ["unauthorized: incorrect password", { auth: "bTpz" }, "login"],
  ])("that fails with %j and %j lacks a %s", async (error, login, lacks) => {
    const server = await serve({
      ...docker28,
      [path]: (response) =>
        response.end(pushed({ status: "Preparing" }, { errorDetail: { message: error }, error })),
    });
    const engine = await connectTo(`unix://${server.socket}`, withLogins({ "r.example": login }));
    expect(await rejection(engine.push("r.example/web:1", job))).toMatchObject({
      code: "registry",
      lacks,
      host: "r.example",
    });
  });

  test("without a login says so to Docker, goes to Docker Hub without a host, and leaves Podman its own logins", async () => {
    const hub = { "POST /images/me%2Fweb/push": (response: { end(): unknown }) => response.end() };
    const docker = await serve({ ...docker28, ...hub });
    await (await connectTo(`unix://${docker.socket}`)).push("me/web", job);
    expect(authOf(docker.requests.at(-1))).toEqual({});
    expect(docker.requests.at(-1)?.query.get("tag")).toBe("latest");
    const Components = [{ Name: "Podman Engine", Version: "5.4.2" }];
    const podman = await serve({ ...docker28, "GET /version": { Version: "5.4.2", Components }, ...hub });
    await (await connectTo(`unix://${podman.socket}`)).push("me/web", job);
    expect(podman.requests.at(-1)?.headers).not.toHaveProperty("x-registry-auth");
  });

  test("that is refused, or breaks off, fails with that", async () => {
    const gone = await serve({
      ...docker28,
      [path]: (response) => {
        response.write(pushed({ status: "Preparing" }));
        setTimeout(() => response.destroy(), 20);
      },
    });
    const engine = await connectTo(`unix://${gone.socket}`);
    expect(await rejection(engine.push("r.example/web", job))).toMatchObject({ code: "engine-gone" });
    const refusing = await serve({
      ...docker28,
      [path]: (response) => refuse(response, 400, "invalid name"),
    });
    expect(
      await rejection((await connectTo(`unix://${refusing.socket}`)).push("r.example/web", job)),
    ).toMatchObject({ code: "refused", said: "invalid name" });
  });
});
