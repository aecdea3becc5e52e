import { globalAgent } from "node:http";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { connectTo } from "../client/engine/connect-to";
import { inFolder, inventory, never, rejection, type Setup, startRequest, useEngine } from "./setup";

const setup = useEngine("docker@28/v2", ["debian:12", "systemd-test:252"]);

let all: Setup;
let before: readonly string[];
beforeEach(async (context) => {
  all = setup(context);
  before = await inventory(all);
});
afterEach(async () => {
  if (before) expect(await inventory(all)).toEqual(before);
});

test.skipIf(process.getuid?.() !== 0)(
  "a user who may not open the socket hears it, and what to do",
  async () => {
    const host = all.connection.endpoint.url;
    // Connections that were opened before are kept open for the next call.
    globalAgent.destroy();
    process.seteuid?.(65_534);
    try {
      const error = await rejection(connectTo(host));
      expect(error).toMatchObject({ code: "permission", url: host });
      // An existing connection cannot bypass it.
      expect(await rejection(all.engine.containers())).toMatchObject({ code: "permission" });
    } finally {
      process.seteuid?.(0);
    }
  },
);

test("a disk that is full: the container is not there, and what to do is said", async () => {
  const { DockerRootDir: root } = await all.docker.info();
  const Dockerfile =
    "FROM systemd-test:252\nRUN mkdir /data && head -c 4M /dev/zero >/data/big\nVOLUME /data\n";
  await inFolder({ Dockerfile }, (folder) =>
    all.engine.build(
      { dockerfile: join(folder, "Dockerfile"), context: folder, tag: "test-full:1" },
      { print: () => undefined, signal: never },
    ),
  );
  // Where the engine keeps its volumes there is room for less than the image puts into one.
  const small = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", `${root}/volumes`];
  expect((await all.lab.exec(small)).code).toBe(0);
  try {
    const error = await rejection(all.engine.start(startRequest("test-full:1", "test-full"), never));
    expect(error).toMatchObject({ code: "disk-full" });
    expect(await all.engine.containers()).toEqual([]);
  } finally {
    expect((await all.lab.exec(["umount", `${root}/volumes`])).code).toBe(0);
  }
  await all.docker.getImage("test-full:1").remove();
});

test("a name that is taken by a container of somebody else: the free one works, and the other is untouched", async () => {
  const other = await all.docker.createContainer({ Image: "debian:12", Cmd: ["true"], name: "test-taken" });
  const error = await rejection(all.engine.start(startRequest("systemd-test:252", "test-taken"), never));
  expect(error).toMatchObject({ code: "name-taken", instead: { name: "test-taken-2" } });
  const container = await all.engine.start(startRequest("systemd-test:252", "test-taken-2"), never);
  await all.engine.remove(container);
  expect((await other.inspect()).Id).toBe(other.id);
  await other.remove();
});

test("a container that is removed elsewhere while it is stopped is no defect", async () => {
  const container = await all.engine.start(startRequest("systemd-test:252", "test-race"), never);
  const stopping = all.engine.stop(container).then(
    () => "stopped",
    (error) => error.code,
  );
  await all.docker.getContainer(container.id).remove({ force: true, v: true });
  expect(["stopped", "container-gone", "container-stopped"]).toContain(await stopping);
  await all.engine.remove(container);
});
