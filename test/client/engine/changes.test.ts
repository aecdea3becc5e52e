import { describe, expect, test } from "vitest";
import type { ContainerChange } from "../../../client/src/ports";
import { connectTo } from "./connect-to";
import { docker28, type RecordingServer, refuse, serve } from "./recording-server";

/** What is heard, `undefined` for the beginning, until the engine ends its events. */
async function heardOf(server: RecordingServer, signal = new AbortController().signal) {
  const engine = await connectTo(`unix://${server.socket}`);
  server.requests.length = 0;
  const heard: (ContainerChange | undefined)[] = [];
  await engine.follow((change) => heard.push(change), signal);
  return heard;
}

const own = { "dev.systemd-containers.container": "true" };
const event = (Action: string, ID = "abc", Attributes: object = own) =>
  `${JSON.stringify({ Type: "container", Action, Actor: { ID, Attributes } })}\n`;

describe("the events of an engine", () => {
  test("only those that change a container are asked for", async () => {
    const server = await serve({ ...docker28, "GET /events": (response) => response.end() });
    expect(await heardOf(server)).toEqual([undefined]);
    expect(server.requests).toHaveLength(1);
    expect(JSON.parse(server.requests[0]?.query.get("filters") ?? "")).toEqual({
      type: ["container"],
      event: [
        ...["create", "start", "die", "died", "cleanup", "pause", "unpause", "rename"],
        ...["destroy", "remove"],
      ],
    });
  });

  test("what changes a container is heard, however the network cuts it; what runs in it is not", async () => {
    const text = [
      event("create"),
      event("start"),
      event("exec_create: systemctl list-units"),
      event("exec_start: systemctl list-units"),
      event("exec_die"),
      event("health_status: healthy"),
      "not JSON\n",
      `${JSON.stringify({ status: "die", id: "old", Actor: { Attributes: own } })}\n`,
      event("start", "other", { image: "web" }),
      event("start", "looked into", { "dev.systemd-containers.container": "inspected" }),
      event("start", "service", { "com.docker.compose.service": "db" }),
      event("died", "podman"),
      event("remove", "ü"),
    ].join("");
    const bytes = Buffer.from(text);
    const server = await serve({
      ...docker28,
      "GET /events": async (response) => {
        for (let at = 0; at < bytes.length; at += 50) {
          response.write(bytes.subarray(at, at + 50));
          await new Promise((resolve) => setImmediate(resolve));
        }
        response.end();
      },
    });
    expect(await heardOf(server)).toEqual([
      undefined,
      { id: "abc", starts: false },
      { id: "abc", starts: true },
      { id: "old", starts: false },
      { id: "service", starts: true },
      { id: "podman", starts: false },
      { id: "ü", starts: false },
    ]);
  });

  test("an engine that sends nothing before the first event is listened to all the same", async () => {
    const server = await serve({
      ...docker28,
      "GET /events": (response) => setTimeout(() => response.end(event("start")), 1_500),
    });
    expect(await heardOf(server)).toEqual([undefined, undefined, { id: "abc", starts: true }]);
  });

  test("a connection that breaks off ends them without a fault", async () => {
    const server = await serve({
      ...docker28,
      "GET /events": (response) => {
        response.write(event("start"));
        setTimeout(() => response.destroy(), 50);
      },
    });
    expect(await heardOf(server)).toEqual([undefined, { id: "abc", starts: true }]);
  });

  test("an engine without events rejects; they end where they are no longer followed", async () => {
    const none = await serve({
      ...docker28,
      "GET /events": (response) => refuse(response, 500, "events backend not available"),
    });
    await expect(heardOf(none)).rejects.toMatchObject({ code: "engine-error", doing: "follow-containers" });
    const open = await serve({ ...docker28, "GET /events": (response) => response.flushHeaders() });
    const end = new AbortController();
    setTimeout(() => end.abort(), 100);
    expect(await heardOf(open, end.signal)).toEqual([undefined]);
  });
});

describe("the events of an engine about images", () => {
  const heardFrom = async (server: RecordingServer, signal = new AbortController().signal) => {
    const engine = await connectTo(`unix://${server.socket}`);
    server.requests.length = 0;
    let heard = 0;
    await engine.followImages(() => heard++, signal);
    return heard;
  };

  test("are all heard, until the engine ends them or the connection breaks off", async () => {
    const images = `${JSON.stringify({ Type: "image", Action: "tag" })}\n`.repeat(3);
    const server = await serve({ ...docker28, "GET /events": (response) => response.end(images) });
    expect(await heardFrom(server)).toBe(3);
    const [asked] = server.requests;
    expect(JSON.parse(asked?.query.get("filters") ?? "")).toEqual({ type: ["image"] });
    const cut = await serve({
      ...docker28,
      "GET /events": (response) => {
        response.write(images);
        setTimeout(() => response.destroy(), 50);
      },
    });
    expect(await heardFrom(cut)).toBe(3);
  });

  test("end where they are no longer followed; an engine without events rejects", async () => {
    const open = await serve({ ...docker28, "GET /events": (response) => response.flushHeaders() });
    const end = new AbortController();
    setTimeout(() => end.abort(), 100);
    expect(await heardFrom(open, end.signal)).toBe(0);
    const none = await serve({ ...docker28, "GET /events": (response) => refuse(response, 500, "none") });
    await expect(heardFrom(none)).rejects.toMatchObject({ code: "engine-error" });
  });
});
