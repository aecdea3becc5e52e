import { expect, test } from "vitest";
import { growth } from "../growth";

/** Looks at each pair of places. */
function pairs(places: Uint32Array): number {
  let sum = 0;
  for (const one of places) for (const other of places) sum += one ^ other;
  return sum;
}

test("the growth of work is told by its exponent", () => {
  const make = (size: number) => new Uint32Array(size);
  expect(growth(make, pairs, 500, 4_000, 1.7)).toBeGreaterThan(1.7);
  expect(growth(make, (places) => places.toSorted().indexOf(1), 20_000, 200_000, 1.4)).toBeLessThan(1.4);
  expect(growth(make, (places) => pairs(places.subarray(0, 300)), 500, 4_000, 0.3)).toBeLessThan(0.3);
});
