import fc from "fast-check";
import { expect, test } from "vitest";
import { type Chain, itemsOf, type Layered, layered } from "../../server/src/core/base/layered";

/** In turn: sets a name in one of the copies, or makes another copy of one. */
const step = fc.record({
  which: fc.nat(),
  name: fc.option(fc.constantFrom("a", "b", "c", "d"), { nil: undefined }),
  value: fc.nat(9),
});

test("copies hold what copies of a Map would", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
      const copies: [Layered<number>, Map<string, number>][] = [[layered([["a", 0]]), new Map([["a", 0]])]];
      for (const { which, name, value } of steps) {
        const [one, map] = copies[which % copies.length] as [Layered<number>, Map<string, number>];
        if (name === undefined) copies.push([one.copy(), new Map(map)]);
        else {
          one.set(name, value);
          map.set(name, value);
        }
      }
      for (const [one, map] of copies) {
        expect([...one.all()]).toEqual([...map]);
        for (const name of ["a", "b", "c", "d", "e"]) {
          expect(one.has(name)).toBe(map.has(name));
          expect(one.get(name)).toBe(map.get(name));
        }
      }
    }),
  );
});

test("a long row of copies, each with another name, holds all of them", () => {
  let last = layered<number>();
  for (let index = 0; index < 1_000; index++) {
    last = last.copy();
    last.set(`n${index}`, index);
  }
  expect([...last.all()]).toEqual(Array.from({ length: 1_000 }, (_, index) => [`n${index}`, index]));
});

test("a chain has the items of those that it goes on from first", () => {
  const below: Chain<number> = { own: [1, 2] };
  const above: Chain<number> = { own: [3], below };
  expect([itemsOf(above), itemsOf(below)]).toEqual([
    [1, 2, 3],
    [1, 2],
  ]);
});
