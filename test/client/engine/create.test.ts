import { expect, test } from "vitest";
import type { StartRequest } from "../../../client/src/ports";
import { connectTo } from "./connect-to";
import { docker28, refuse, serve } from "./recording-server";

const libpodPath = "/v4.0.0/libpod/containers/create";
const never = new AbortController().signal;
const answers = {
  ...docker28,
  "POST /containers/create": { Id: "abc" },
  [`POST ${libpodPath}`]: { Id: "abc" },
  "POST /containers/abc/start": {},
};
const start: StartRequest = {
  name: "it's $(x)",
  uri: "file:///p/Dockerfile",
  create: {
    api: "libpod",
    body: { systemd: "always", image: "web:systemd", terminal: true, labels: { own: "label" } },
  },
};

test("a plan for Podman's own API goes there, as it is but for what the client adds", async () => {
  const server = await serve(answers);
  const engine = await connectTo(`unix://${server.socket}`);
  const container = await engine.start(start, never);
  const image = "web:systemd";
  expect(container).toEqual({ id: "abc", name: start.name, uri: start.uri, running: true, image });
  expect(server.lines()).not.toContain("POST /containers/create");
  const created = server.requests.find(({ path }) => path === libpodPath);
  expect(created?.url).toBe(libpodPath);
  expect(JSON.parse(created?.body.toString() ?? "")).toEqual({
    name: "it's $(x)",
    systemd: "always",
    image: "web:systemd",
    terminal: true,
    stdin: true,
    labels: {
      own: "label",
      "dev.systemd-containers.container": "true",
      "dev.systemd-containers.source": "file:///p/Dockerfile",
    },
  });
});

test.each<[StartRequest["create"], path: string, key: string]>([
  [{ api: "docker", body: { Image: "planned" } }, "/containers/create", "Image"],
  [{ api: "libpod", body: { image: "planned" } }, libpodPath, "image"],
])("another image takes the place of the plan's: %j", async (create, path, key) => {
  const server = await serve(answers);
  const engine = await connectTo(`unix://${server.socket}`);
  await engine.start({ ...start, create, image: "other" }, never);
  const created = server.requests.find((each) => each.path === path);
  const body = JSON.parse(created?.body.toString() ?? "");
  expect(body[key]).toBe("other");
  expect(body).not.toHaveProperty("stdin");
});

test("what Podman refuses there is told like everything else", async () => {
  const server = await serve({
    ...answers,
    [`POST ${libpodPath}`]: (response) =>
      refuse(response, 500, 'container create: the container name "web" is already in use by 9f.'),
  });
  const engine = await connectTo(`unix://${server.socket}`);
  await expect(engine.start(start, never)).rejects.toMatchObject({ code: "name-taken" });
});
