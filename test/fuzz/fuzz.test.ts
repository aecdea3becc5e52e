import { describe, expect, it, test } from "vitest";
import { readSeeds, regressions } from "./seeds";
import { batchOf, findings, isThorough } from "./session";

/** A share of `npm run fuzz`, always the same: so many batches of mutated files and logs. */
const batches = 4;
const seed = 1;

const seeds = readSeeds();

test.each(regressions())("$name: holds now", ({ input }) => {
  expect(findings(input, true)).toEqual([]);
});

describe("every property holds", { timeout: 120_000 }, () => {
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
