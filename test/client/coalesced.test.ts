import { expect, test } from "vitest";
import { coalesced } from "../../client/src/coalesced";

test("a task runs once for all who want it while it runs, and once more for them", async () => {
  let runs = 0;
  const run = coalesced(async () => ++runs);
  const all = [run(), run(), run()];
  expect(await Promise.all(all)).toEqual([2, 2, 2]);
});

test("whenever it is wanted after it began, it begins after that", async () => {
  for (let steps = 0; steps < 12; steps++) {
    const began: number[] = [];
    let time = 0;
    const run = coalesced(async () => void began.push(++time));
    void run();
    for (let step = 0; step < steps; step++) await undefined;
    const wanted = ++time;
    await run();
    expect(began.at(-1), `after ${steps} steps`).toBeGreaterThan(wanted);
  }
});

test("a task that fails is begun again by the next who wants it", async () => {
  let fails = true;
  const run = coalesced(async () => {
    if (fails) throw new Error("gone");
    return "there";
  });
  await expect(run()).rejects.toThrow("gone");
  fails = false;
  expect(await run()).toBe("there");
});
