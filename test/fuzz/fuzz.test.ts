import { describe, expect, it, test } from "vitest";
import { readSeeds, regressions } from "./seeds";
import { batchOf, findings, isThorough } from "./session";
import { failureOf } from "./worker-end";

/** A share of `npm run fuzz`, always the same: so many batches of mutated files and logs. */
const batches = 4;
const seed = 1;

const seeds = readSeeds();

test.each(regressions())("$name: holds now", ({ input }) => {
  expect(findings(input, true)).toEqual([]);
});

describe("every property holds", () => {
  it("of the seeds", () => {
    expect(seeds.flatMap((input) => findings(input, false))).toEqual([]);
  });

  for (let batch = 0; batch < batches; batch++) {
    it(`of batch ${batch} of seed ${seed}`, () => {
      const inputs = batchOf(seeds, seed, batch);
      expect(inputs.flatMap((input, index) => findings(input, isThorough(index)))).toEqual([]);
    });
  }
});

test.each([
  ["the time is over", { code: 0, signal: null, silent: false }, undefined],
  ["it throws", { code: 1, signal: null, silent: false }, "dies: 1"],
  ["it has no memory left", { code: null, signal: "SIGABRT", silent: false }, "dies: SIGABRT"],
  ["it hangs", { code: null, signal: "SIGKILL", silent: true }, "hangs"],
  ["another program ends it", { code: null, signal: "SIGKILL", silent: false }, undefined],
  ["the user interrupts it", { code: null, signal: "SIGINT", silent: false }, undefined],
] as const)("a worker ends as %s", (_, end, failure) => {
  expect(failureOf(end)).toBe(failure);
});
