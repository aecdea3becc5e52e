import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Container, System } from "../../../client/src/ports";
import { reportPage } from "../english";
import { dockerfile } from "../world";
import { first, scene, shown } from "./scene";

const web: Container = {
  id: "1",
  name: "web",
  running: true,
  state: "running",
  image: "web:systemd",
  uri: dockerfile,
};
const db: Container = { ...web, id: "2", name: "db", image: "db:systemd" };
const foreign: Container = { ...web, id: "3", name: "api", uri: "file:///else/Dockerfile" };

/** Lets everything run, lists that follow an event too. No engine is asked again so soon. */
const settled = () => vi.advanceTimersByTimeAsync(500);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("the view of containers", () => {
  test("asks nothing before it is seen, then lists what the engines have", async () => {
    const { view, asked, status } = scene({ containers: [web, foreign] });
    await settled();
    expect(asked).toEqual([]);
    expect(await shown(view)).toEqual([
      "Docker 28.5.2 | unix:///var/run/docker.sock",
      "  web | running · web:systemd",
      "  Other Workspaces | 1",
    ]);
    expect(status()).toBe("status: $(vm-running) web");
  });

  test("is right after the next event: a container ends, is removed, another starts", async () => {
    const { view, state, stream, status, contexts, changes } = scene({ containers: [web] });
    await shown(view);
    await settled();
    const before = changes();
    state.containers = [{ ...web, running: false, state: "exited", status: "Exited (0) now" }];
    stream.heard?.({ id: "1", starts: false });
    await settled();
    expect(changes()).toBeGreaterThan(before);
    expect((await shown(view)).slice(1)).toEqual(["  web | exited (0) · web:systemd"]);
    expect(status()).toBe("status: -");
    expect(contexts).toMatchObject({ nothingRuns: true, nothingStopped: false });
    state.containers = [];
    stream.heard?.({ id: "1", starts: false });
    await settled();
    expect(await shown(view)).toEqual([]);
    state.containers = [db];
    stream.heard?.({ id: "2", starts: true });
    await settled();
    expect((await shown(view)).slice(1)).toEqual(["  db | running · db:systemd"]);
    expect(contexts).toMatchObject({ nothingRuns: false, nothingStopped: true });
  });

  test("is right where the list changes a moment after the event, as Docker's does", async () => {
    const { view, state, stream } = scene({ containers: [{ ...web, state: "paused" }] });
    await shown(view);
    await settled();
    stream.heard?.({ id: "1", starts: false });
    await vi.advanceTimersByTimeAsync(50);
    state.containers = [web];
    await settled();
    expect((await shown(view)).slice(1)).toEqual(["  web | running · web:systemd"]);
  });

  test("lists the services that Compose was told to start, and whose they are", async () => {
    const composed = { uri: "file:///work/shop/compose.yaml", folder: "/work/shop", service: "db" };
    const { view } = scene({
      containers: [web],
      memory: { composed: [composed, { ...composed, service: "gone" }] },
      engine: {
        composed: async ({ service }) =>
          service === "gone" ? undefined : { ...db, name: `shop-${service}-1`, uri: undefined },
      },
    });
    expect((await shown(view)).slice(1)).toEqual([
      "  shop-db-1 | running · db:systemd",
      "  web | running · web:systemd",
    ]);
    expect((await first(view, "container")).container).toMatchObject({ uri: composed.uri, service: "db" });
  });

  test("takes the problems of a boot away with its container, and not those of a boot since then", async () => {
    const blamed = new Map([["1", dockerfile]]);
    const { view, state, stream, events } = scene({ containers: [db], memory: { blamed } });
    await shown(view);
    await settled();
    expect(blamed.size).toBe(1);
    for (const containers of [[db, web], [db, { ...web, running: false }], [db]]) {
      expect(events.join()).not.toContain("blames");
      state.containers = containers;
      stream.heard?.({ id: "1", starts: false });
      await settled();
    }
    expect(events).toContain(`blames nothing for ${dockerfile}`);
    expect(blamed.size).toBe(0);
  });

  test("asks for many events at once but once, and after them once more", async () => {
    const { view, stream, asked } = scene({ containers: [web] });
    await shown(view);
    await settled();
    asked.length = 0;
    for (let event = 0; event < 100; event++) stream.heard?.({ id: "1", starts: false });
    await settled();
    expect(asked).toEqual(["list", "list"]);
  });

  test("asks nothing while nothing happens, however long", async () => {
    const { view, asked } = scene({ containers: [web] });
    view.seen(true);
    await shown(view);
    await settled();
    asked.length = 0;
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(asked).toEqual([]);
  });

  test("shows that an engine vanished, and that it is back", async () => {
    const { view, state, stream, status, asked, contexts } = scene({ containers: [web] });
    view.seen(true);
    await shown(view);
    await settled();
    state.gone = true;
    stream.end?.();
    await settled();
    expect(await shown(view)).toEqual(["Docker 28.5.2 | not responding"]);
    expect(status()).toBe("status: -");
    // What runs is not known, so the commands are offered.
    expect(contexts).toMatchObject({ nothingRuns: false, noEngineAnswers: true });
    asked.length = 0;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked).toEqual(Array(6).fill("list"));
    state.gone = false;
    await vi.advanceTimersByTimeAsync(10_000);
    expect((await shown(view)).slice(1)).toEqual(["  web | running · web:systemd"]);
    expect(status()).toBe("status: $(vm-running) web");
    expect(stream.heard).toBeDefined();
  });

  test("asks a vanished engine nothing while the view is hidden, and at once when it is seen or a command ran", async () => {
    const { view, state, stream, asked } = scene({ containers: [web] });
    await shown(view);
    await settled();
    state.gone = true;
    stream.end?.();
    await settled();
    asked.length = 0;
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(asked).toEqual([]);
    view.used();
    await settled();
    expect(asked).toEqual(["list"]);
    state.gone = false;
    view.seen(true);
    await settled();
    expect((await shown(view)).slice(1)).toHaveLength(1);
  });

  test("asks slowly where there are no events, only while it is seen", async () => {
    const { view, state, asked } = scene({ containers: [web] });
    state.noEvents = true;
    view.seen(true);
    await shown(view);
    await settled();
    asked.length = 0;
    state.containers = [db];
    await vi.advanceTimersByTimeAsync(10_000);
    expect((await shown(view)).slice(1)).toEqual(["  db | running · db:systemd"]);
    await vi.advanceTimersByTimeAsync(50_000);
    expect(asked.filter((each) => each === "list").length).toBeLessThanOrEqual(6);
    expect(asked.filter((each) => each === "events").length).toBeLessThanOrEqual(6);
    view.seen(false);
    await vi.advanceTimersByTimeAsync(10_000);
    asked.length = 0;
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(asked).toEqual([]);
  });

  test("looks for an engine while none answers, only while it is seen", async () => {
    const { view, asked, deps } = scene({ containers: [web] });
    const { find } = deps.engine;
    let answers = false;
    Object.assign(deps.engine, {
      find: async (...args: Parameters<typeof find>) => {
        if (answers) return find(...args);
        asked.push("find");
        throw new Error("none");
      },
    });
    expect(await shown(view)).toEqual([]);
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(asked).toEqual(["find"]);
    view.seen(true);
    await vi.advanceTimersByTimeAsync(30_000);
    expect(asked).toHaveLength(5);
    answers = true;
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await shown(view)).toHaveLength(2);
  });

  test("remembers with the workspace that it has containers, so that a new window looks for them", async () => {
    const memory = {};
    const { view, state, stream } = scene({ containers: [foreign], memory });
    await shown(view);
    await settled();
    expect(memory).toEqual({});
    state.containers = [foreign, web];
    stream.heard?.({ id: "1", starts: true });
    await settled();
    expect(memory).toMatchObject({ hasContainers: true });
    state.containers = [foreign];
    stream.heard?.({ id: "1", starts: false });
    await settled();
    expect(memory).toMatchObject({ hasContainers: false });
  });

  test("uses no address of the workspace settings that was not allowed, and none without trust", async () => {
    const address = "tcp://evil.example:2375";
    const engineHost = () => ({ address, fromWorkspace: true });
    const asking = scene({ containers: [web], ui: { engineHost } });
    expect(await shown(asking.view)).toEqual([]);
    expect(asking.asked).toEqual([]);
    const allowed = scene({ containers: [web], ui: { engineHost }, memory: { hosts: [address] } });
    expect(await shown(allowed.view)).toHaveLength(2);
    const untrusted = scene({ containers: [web], ui: { trusted: () => false } });
    expect(await shown(untrusted.view)).toEqual([]);
    expect(untrusted.asked).toEqual([]);
  });
});

describe("the units of a container", () => {
  test("are asked for when its node is opened, and not again while nothing happens", async () => {
    const { view, asked } = scene({ containers: [web, db] });
    view.seen(true);
    const node = await first(view, "container");
    expect(asked.filter((each) => each.startsWith("units"))).toEqual([]);
    await shown(view, node);
    await shown(view, node);
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(asked.filter((each) => each.startsWith("units"))).toEqual(["units of db"]);
    expect((await shown(view)).slice(1)).toEqual([
      "  db | running · booted in 1.5 s · db:systemd",
      "  web | running · web:systemd",
    ]);
  });

  test("are asked for again after a command, and after a boot; not when the node is folded or not seen", async () => {
    const { view, asked, stream } = scene({ containers: [web] });
    view.seen(true);
    const node = await first(view, "container");
    await shown(view, node);
    asked.length = 0;
    view.used();
    await settled();
    expect(asked).toEqual(["units of web"]);
    stream.heard?.({ id: "1", starts: true });
    await settled();
    await shown(view, node);
    expect(asked.filter((each) => each.startsWith("units"))).toHaveLength(2);
    view.folded(node);
    asked.length = 0;
    view.used();
    await settled();
    expect(asked).toEqual([]);
    await shown(view, node);
    view.seen(false);
    asked.length = 0;
    view.used();
    await settled();
    expect(asked).toEqual([]);
  });

  test("are asked for a few times more while systemd starts", async () => {
    let state: System["state"] = "starting";
    const asked: number[] = [];
    const system = async () => {
      asked.push(Date.now());
      return { state, units: [] };
    };
    const { view } = scene({ containers: [web], engine: { system } });
    view.seen(true);
    const node = await first(view, "container");
    const began = Date.now();
    await shown(view, node);
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(asked.map((time) => (time - began) / 1000)).toEqual([0, 1, 3, 7, 15, 31, 63]);
    asked.length = 0;
    view.folded(node);
    await shown(view, node);
    for (let times = 0; times < 5; times++) view.used();
    await vi.advanceTimersByTimeAsync(1_500);
    state = "running";
    const before = asked.length;
    expect(before).toBeLessThanOrEqual(8);
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(asked.length).toBeLessThanOrEqual(before + 1);
  });

  test("of a systemd that cannot be asked are replaced by the reason", async () => {
    const system = () => Promise.reject(new Error("no [x](command:y)"));
    const { view } = scene({ containers: [web], engine: { system } });
    const node = await first(view, "container");
    const [text] = await shown(view, node);
    expect(text).toMatch(/^no \[x\]./);
    expect(text).not.toContain("](");
  });

  test("are those of the filter", async () => {
    const units = ["a.service", "b.socket"].map((name) => ({
      name,
      active: "active",
      sub: "running",
      description: "",
    }));
    const memory = { unitFilter: { only: "services" } } as const;
    const { view } = scene({ containers: [web], memory, engine: { system: async () => ({ units }) } });
    const node = await first(view, "container");
    expect(await shown(view, node)).toEqual(["a.service | active (running)"]);
  });
});

describe("the time that a boot took", () => {
  test("is that of the last boot that was watched, until the container starts again", async () => {
    const memory: { lastBoot?: { id: string; seconds: number } } = { lastBoot: { id: "1", seconds: 2 } };
    const { view, stream } = scene({ containers: [web, db], memory });
    const lines = async () => (await shown(view)).slice(1).map((line) => /booted in [\d.]+/.exec(line)?.[0]);
    expect(await lines()).toEqual([undefined, "booted in 2.0"]);
    memory.lastBoot = { id: "2", seconds: 3 };
    expect(await lines()).toEqual(["booted in 3.0", "booted in 2.0"]);
    await settled();
    stream.heard?.({ id: "1", starts: true });
    await settled();
    expect(await lines()).toEqual(["booted in 3.0", undefined]);
  });
});

describe("the page of a boot", () => {
  const opened = async () => {
    const it = scene({ containers: [web, db] });
    await it.view.children();
    await it.run("showBootReport", "1");
    const isStale = () => it.pages[0]?.parts.status?.includes(reportPage.stale("web")) ?? false;
    const hears = async (id: string, starts = false) => {
      it.stream.heard?.({ id, starts });
      await settled();
      return isStale();
    };
    return { ...it, isStale, hears };
  };

  test("is marked when its container ends, and not when another one does", async () => {
    const { state, hears } = await opened();
    state.containers = [web];
    expect(await hears("2")).toBe(false);
    state.containers = [{ ...web, running: false }];
    expect(await hears("1")).toBe(true);
  });

  test("is marked when its container was removed or starts again, until it is read again", async () => {
    const { state, hears, run, isStale } = await opened();
    expect(await hears("1", true)).toBe(true);
    await run("showBootReport", "1");
    expect(isStale()).toBe(false);
    state.containers = [];
    expect(await hears("1")).toBe(true);
  });
});
