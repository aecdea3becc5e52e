import { describe, expect, test } from "vitest";
import { type Cost, floodBuild, floodFiles, followFlood } from "./flood";
import { bare, inFolder, inventory, never, type Setup, startRequest, useEngine } from "./setup";

const engines = [
  { name: "docker@28/v2", start: startRequest },
  { name: "podman@5/v2", start: bare },
];

/** Long enough to see that nothing grows; 60 gives the figures of a minute. */
const seconds = Number(process.env.SYSTEMD_CONTAINERS_JOURNAL_SECONDS ?? 5);

describe.each(engines)("a journal of 5,000 lines a second on $name", ({ name, start }) => {
  const setup = useEngine(name, ["systemd-test:252"]);

  async function withFlood(all: Setup, flood: Parameters<typeof followFlood>[2]): Promise<Cost> {
    const { engine, docker } = all;
    const before = await inventory(all);
    await inFolder(floodFiles, (folder) =>
      engine.build(floodBuild(folder, "test-flood:1"), { print: () => undefined, signal: never }),
    );
    const container = await engine.start(start("test-flood:1", "test-flood"), never);
    try {
      expect((await engine.boot(container, 60, { report: () => undefined, signal: never })).state).toBe(
        "running",
      );
      const cost = await followFlood(engine, container, flood);
      console.log(`${name}: ${JSON.stringify(cost)}`);
      return cost;
    } finally {
      await engine.remove(container);
      await docker.getImage("test-flood:1").remove({ force: true });
      expect(await inventory(all)).toEqual(before);
    }
  }

  test("is followed without a line lost, and the editor does not feel it", async (context) => {
    const cost = await withFlood(setup(context), { seconds, rate: 5_000 });
    expect(cost).toMatchObject({ seen: seconds * 5_000, missing: 0, told: 0 });
    expect(cost.busy).toBeLessThan(0.5);
    expect(cost.memory.inUse).toBeLessThan(20);
  });

  test("that is paused for long says how many lines it dropped, and drops no other", async (context) => {
    const flood = { seconds: 10, rate: 10_000 };
    const cost = await withFlood(setup(context), {
      ...flood,
      onFirst: (journal) => {
        journal.toggle();
        setTimeout(() => journal.toggle(), flood.seconds * 1_000);
      },
    });
    expect(cost.told).toBeGreaterThan(0);
    expect(cost.missing).toBe(cost.told);
    expect(cost.seen + cost.missing).toBe(flood.seconds * flood.rate);
    expect(cost.memory.inUse).toBeLessThan(20);
  });
});
