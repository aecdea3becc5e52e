import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import type { Container, ContainerChange } from "../../client/src/ports";
import { bare, hostCgroups, inventory, never, rejection, type Setup, startRequest, useEngine } from "./setup";

const engines = [
  { name: "docker@28/v2", start: startRequest },
  { name: "docker@20/v2", start: hostCgroups },
  { name: "podman@5/v2", start: bare },
];

const broken = "[Service]\nExecStart=/usr/local/bin/nothing --queue 'a b'\n";
const fixed = "[Service]\nExecStart=/bin/sh -c 'echo \"it is $0\"; exec sleep 1004'\n";

describe.each(engines)("what the view does on $name", ({ name, start }) => {
  const setup = useEngine(name, ["systemd-test:252"]);

  const withBooted = async (all: Setup, use: (container: Container) => Promise<void>) => {
    const before = await inventory(all);
    const container = await all.engine.start(start("systemd-test:252", "test-view"), never);
    try {
      await all.engine.boot(container, 60, { report: () => undefined, signal: never });
      await use(container);
    } finally {
      await all.engine.remove(container);
      expect(await inventory(all)).toEqual(before);
    }
  };

  const sh = async ({ engine }: Setup, container: Container, line: string) => {
    let output = "";
    const print = (text: string) => {
      output += text;
    };
    await engine.run(container, line, { print, signal: never });
    return output;
  };

  /** Waits until the events of the start, of which some come after systemd has booted, have all come. */
  const quiet = async (heard: readonly unknown[]) => {
    for (let known = -1; known < heard.length; await sleep(500)) known = heard.length;
  };

  test("the life of a container is heard, and what runs in it is not", async (context) => {
    const all = setup(context);
    const heard: (ContainerChange | undefined)[] = [];
    const end = new AbortController();
    const following = all.engine.follow((change) => heard.push(change), end.signal);
    await expect.poll(() => heard.length).toBe(1);
    let id = "";
    await withBooted(all, async (container) => {
      id = container.id;
      await expect.poll(() => heard.filter((change) => change?.starts)).toEqual([{ id, starts: true }]);
      await quiet(heard);
      const before = heard.length;
      for (let times = 0; times < 3; times++) await all.engine.system(container);
      // An event of another kind comes after those of the programs, if there were any.
      await all.docker.getContainer(id).rename({ name: "test-view-2" });
      await expect.poll(() => heard.length).toBe(before + 1);
      const listed = (await all.engine.containers()).find((each) => each.id === id);
      expect(listed).toMatchObject({ name: "test-view-2", running: true, state: "running" });
      expect(listed?.image).toContain("systemd-test:252");
      const stopped = heard.length;
      await all.engine.stop(container);
      await expect.poll(() => heard.length).toBeGreaterThan(stopped);
    });
    expect(heard.filter((change) => change && change.id !== id)).toEqual([]);
    end.abort();
    await following.catch(() => undefined);
  });

  test("a unit that fails is updated with a changed file, and runs; then it is stopped and started", async (context) => {
    const all = setup(context);
    const { engine } = all;
    await withBooted(all, async (container) => {
      const path = "/etc/systemd/system/test-view.service";
      await sh(
        all,
        container,
        `printf '%s' '${broken.replaceAll("'", `'\\''`)}' >${path}; systemctl daemon-reload`,
      );
      const { units, ...system } = await engine.system(container);
      expect(system).toMatchObject({ state: "running", seconds: expect.any(Number) });
      expect(system.seconds).toBeGreaterThan(0);
      expect(system.seconds).toBeLessThan(60);
      expect(units.length).toBeGreaterThan(20);

      const unit = "test-view.service";
      expect(await engine.control(container, unit, "start", never)).toMatchObject({
        ...{ active: "failed", sub: "failed" },
        ended: { result: "exit-code", code: 1, status: 203 },
      });
      expect((await engine.system(container)).state).toBe("degraded");
      const file = await engine.unitFile(container, unit);
      expect(file.path).toBe(path);
      expect(file.text).toBe(`# ${path}\n${broken}`);

      expect(await engine.updateUnit(container, { unit, path, text: fixed }, never)).toMatchObject({
        ...{ active: "active", sub: "running" },
        said: undefined,
      });
      expect((await engine.unitFile(container, unit)).text).toBe(`# ${path}\n${fixed}`);
      expect((await engine.system(container)).state).toBe("running");
      expect(await engine.control(container, unit, "stop", never)).toMatchObject({ active: "inactive" });
      expect(await engine.control(container, unit, "restart", never)).toMatchObject({ active: "active" });
    });
  });

  test("what is not there, or cannot be written, comes back in words", async (context) => {
    const all = setup(context);
    const { engine } = all;
    await withBooted(all, async (container) => {
      const said = await engine.control(container, "no-such.service", "start", never);
      expect(said).toMatchObject({ active: "inactive", said: expect.stringContaining("not found") });
      expect(await rejection(engine.unitFile(container, "no-such.service"))).toMatchObject({
        code: "unit-file-missing",
      });
      const update = { unit: "a.service", path: "/proc/nothing/a.service", text: fixed };
      expect(await rejection(engine.updateUnit(container, update, never))).toMatchObject({
        code: "unit-not-written",
        said: expect.stringContaining("/proc/nothing"),
      });
    });
  });

  test("a container is committed with what was changed in it, and its image makes no container of this extension", async (context) => {
    const all = setup(context);
    const { engine, docker } = all;
    const reference = "localhost/test-view-committed:1";
    await withBooted(all, async (container) => {
      await sh(all, container, "echo changed >/root/changed");
      await engine.commit(container, reference, never);
      await engine.tag((await engine.imageOf(container)).id, "localhost/test-view-tagged:2");
      expect((await engine.imageOf(container)).names).toContain("localhost/test-view-tagged:2");
      const other = await docker.createContainer({
        ...{ Image: reference, name: "test-view-other" },
        ...{ Cmd: ["cat", "/root/changed"], HostConfig: { NetworkMode: "none" } },
      });
      try {
        expect((await engine.containers()).map((each) => each.name)).toEqual(["test-view"]);
        await other.start();
        await other.wait();
        const log = await other.logs({ stdout: true });
        expect(log.toString()).toContain("changed");
      } finally {
        await other.remove({ force: true });
        for (const name of [reference, "localhost/test-view-tagged:2"]) await docker.getImage(name).remove();
      }
    });
  });
});
