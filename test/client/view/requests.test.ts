import type { ServerResponse } from "node:http";
import { expect, onTestFinished, test } from "vitest";
import type { Node } from "../../../client/src/ports";
import { openContainers } from "../../../client/src/view/containers-view";
import { connectTo } from "../engine/connect-to";
import { argvOf, execs } from "../engine/execs";
import { docker28, type Recorded, type RecordingServer, serve } from "../engine/recording-server";
import { placeOf, world } from "../world";

const count = 200;
const units = Array.from(
  { length: 300 },
  (_, index) => `unit${index}.service loaded active running Unit ${index}\n`,
);
const ids = Array.from({ length: count }, (_, index) => `id${index}`);
const listed = (running: (id: string) => boolean) =>
  ids.map((Id) => ({
    ...{ Id, Names: [`/${Id}`], Image: "web:systemd", State: running(Id) ? "running" : "exited" },
    Labels: { "dev.systemd-containers.source": "file:///work/web/Dockerfile" },
  }));

/** An engine with many containers, whose events are sent by hand. */
async function manyContainers() {
  const state = { listed: listed(() => true), events: new Set<ServerResponse>() };
  const programs = execs(ids, ([, verb]) => (verb === "show" ? "SystemState=running\n" : units.join("")));
  const server = await serve(
    Object.assign(programs, docker28, {
      "GET /containers/json": (response: ServerResponse) => response.end(JSON.stringify(state.listed)),
      "GET /events": (response: ServerResponse) => {
        response.flushHeaders();
        state.events.add(response);
        response.on("close", () => state.events.delete(response));
      },
    }),
  );
  const Attributes = { "dev.systemd-containers.container": "true" };
  const send = (Action: string, ID: string) => {
    for (const each of state.events)
      each.write(`${JSON.stringify({ Type: "container", Action, Actor: { ID, Attributes } })}\n`);
  };
  return { server, state, send };
}

/** A window that shows the view of such an engine. `rows` counts what was made of nodes. */
async function openWindow(server: RecordingServer) {
  const engine = await connectTo(`unix://${server.socket}`);
  const { deps, events } = world({ find: () => ({ places: [placeOf(engine)] }) });
  const end = new AbortController();
  onTestFinished(() => end.abort());
  const opened = new Set<string>();
  let rows = 0;
  let stale = false;
  const host = {
    changed: () => {
      stale = true;
    },
    lenses: () => undefined,
    context: () => undefined,
  };
  const view = openContainers(deps, host, end.signal);
  view.seen(true);
  /** Renders as the editor does: the root, and what is below each node that is open. */
  const render = async (node?: Node): Promise<void> => {
    for (const each of await view.children(node)) {
      rows++;
      const { children, id } = view.row(each);
      if (children === "open" || opened.has(id)) await render(each);
    }
  };
  return {
    view,
    opened,
    /** Renders until nothing has changed since, and gives the number of rows of the last time. */
    settle: async () => {
      do {
        stale = false;
        rows = 0;
        await render();
        await new Promise((resolve) => setTimeout(resolve, 300));
      } while (stale);
      return rows;
    },
    status: () => events.filter((event) => event.startsWith("status: ")).at(-1),
  };
}

const kinds = (requests: readonly Recorded[]) => {
  const found: Record<string, number> = {};
  for (const { path } of requests) {
    const kind = /\/exec$/.test(path) ? "exec" : path;
    if (!/^\/exec\//.test(path)) found[kind] = (found[kind] ?? 0) + 1;
  }
  return found;
};

test("200 containers with 300 units each cost one list, and units only of those that are open", async () => {
  const { server } = await manyContainers();
  const { settle, opened, view } = await openWindow(server);
  server.requests.length = 0;
  expect(await settle()).toBe(1 + count);
  // The second list closes the gap between the first one and the events.
  expect(kinds(server.requests)).toEqual({ "/containers/json": 2, "/events": 1 });

  const [engine] = await view.children();
  const [one, two] = await view.children(engine);
  for (const node of [one, two]) if (node) opened.add(view.row(node).id);
  server.requests.length = 0;
  expect(await settle()).toBe(1 + count + 2 * units.length);
  expect(kinds(server.requests)).toEqual({ exec: 4 });
  const asked = server.requests.filter(({ path }) => path.endsWith("/exec"));
  expect(new Set(asked.map(({ path }) => path)).size).toBe(2);
  expect(asked.map((request) => argvOf(request)[1]).sort()).toEqual([
    ...["list-units", "list-units", "show", "show"],
  ]);

  server.requests.length = 0;
  expect(await settle()).toBe(1 + count + 2 * units.length);
  expect(server.requests).toEqual([]);
});

test("after the next event each window lists once, and is right", async () => {
  const { server, state, send } = await manyContainers();
  const windows = await Promise.all([openWindow(server), openWindow(server)]);
  for (const { settle, status } of windows) {
    await settle();
    expect(status()).toBe(`status: $(vm-running) ${count} containers`);
  }
  server.requests.length = 0;
  state.listed = listed((id) => id !== "id7");
  send("die", "id7");
  for (const { status } of windows) {
    await expect.poll(status).toBe(`status: $(vm-running) ${count - 1} containers`);
  }
  // Our looks into the containers are events too, and are not answered by another look.
  for (let times = 0; times < 50; times++) send("exec_start: systemctl list-units", "id1");
  for (const { settle } of windows) await settle();
  expect(kinds(server.requests)).toEqual({ "/containers/json": 2 });
});

test("a window that closes ends what it asked", async () => {
  const { server, state } = await manyContainers();
  const end = new AbortController();
  const engine = await connectTo(`unix://${server.socket}`);
  const { deps } = world({ find: () => ({ places: [placeOf(engine)] }) });
  const view = openContainers(
    deps,
    { changed: () => undefined, lenses: () => undefined, context: () => undefined },
    end.signal,
  );
  await view.children();
  await expect.poll(() => state.events.size).toBe(1);
  end.abort();
  await expect.poll(() => state.events.size).toBe(0);
});

test("an engine that vanishes is shown as such, and as it is when it is back; both windows are right", async () => {
  const { server, state } = await manyContainers();
  const windows = await Promise.all([openWindow(server), openWindow(server)]);
  for (const { settle } of windows) await settle();
  await server.stop();
  for (const { status, settle } of windows) {
    await expect.poll(status).toBe("status: -");
    // The row of an engine that does not answer.
    expect(await settle()).toBe(1);
  }
  state.listed = listed((id) => id === "id3");
  await server.start();
  server.requests.length = 0;
  for (const { view, status, settle } of windows) {
    view.seen(true);
    await expect.poll(status).toBe("status: $(vm-running) id3");
    expect(await settle()).toBe(1 + count);
  }
  await expect.poll(() => state.events.size).toBe(2);
  // Each window lists because it was seen, because its pause was over, and because it listens.
  const { "/containers/json": lists, ...others } = kinds(server.requests);
  expect(lists).toBeLessThanOrEqual(6);
  expect(others).toEqual({ "/events": 2 });
});
