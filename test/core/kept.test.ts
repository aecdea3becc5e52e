import fc from "fast-check";
import { expect, test } from "vitest";
import { type Ask, kept } from "../../server/src/core/base/kept";

/** Follows a chain of names from the key: what it asks for next depends on the answers. */
function chain(key: string): (ask: Ask) => readonly string[] {
  return (ask) => {
    const way = [key];
    for (let next = ask(key); next !== undefined && way.length < 5; next = ask(next)) way.push(next);
    return way;
  };
}

const name = fc.constantFrom("a", "b", "c", "d");
const world = fc.dictionary(name, name);

test("a kept value is what would be made now, and its answers are asked for as if it were made", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(name, world)), fc.nat(40), (turns, most) => {
      const read = kept<readonly string[]>({ characters: most, each: 0 });
      for (const [key, answers] of turns) {
        const asked = new Set<string>();
        const wanted = new Set<string>();
        const ask = (of: Set<string>) => (each: string) => {
          of.add(each);
          return answers[each];
        };
        expect(read(key, ask(asked), chain(key))).toEqual(chain(key)(ask(wanted)));
        expect([...asked]).toEqual(expect.arrayContaining([...wanted]));
      }
    }),
  );
});

test("a value is made once while its answers are the same", () => {
  const read = kept<number>({ characters: 100, each: 0 });
  let made = 0;
  const count = (answer: string) =>
    read(
      "key",
      () => answer,
      (ask) => {
        ask("name");
        return ++made;
      },
    );
  expect([count("x"), count("x"), count("y"), count("x")]).toEqual([1, 1, 2, 3]);
});

test("what is asked for later is asked of the one who wanted the value last, and counts as its answer", () => {
  const read = kept<() => string | undefined>({ characters: 100, each: 0 });
  const late = (answer: string) =>
    read(
      "key",
      () => answer,
      (ask) => () => ask("name"),
    );
  const first = late("x");
  expect(late("y")).toBe(first);
  expect(first()).toBe("y");
  expect(late("z")).not.toBe(first);
});

test("so many characters are kept, and what was not wanted for longest goes first", () => {
  const read = kept<number>({ characters: 13, each: 2 });
  let made = 0;
  const numberOf = (name: string, length = 4) =>
    read(
      name.repeat(length),
      () => undefined,
      () => ++made,
    );
  expect(["a", "b", "a", "c", "a", "b"].map((each) => numberOf(each))).toEqual([1, 2, 1, 3, 1, 4]);
  const long = () => numberOf("x", 12);
  expect([numberOf("a"), long(), long(), numberOf("a"), long()]).toEqual([1, 5, 5, 6, 7]);
});

test("a long answer that several values share counts once, as long as one of them is kept", () => {
  const read = kept<number>({ characters: 3_000, each: 0 });
  let made = 0;
  const answered = (key: string, answer: string) =>
    read(
      key,
      () => answer,
      (ask) => {
        ask("name");
        return ++made;
      },
    );
  const [one, other] = ["1".repeat(2_000), "2".repeat(2_000)];
  expect(["a", "b", "c", "a", "b", "c"].map((key) => answered(key, one))).toEqual([1, 2, 3, 1, 2, 3]);
  expect(answered("d", other)).toBe(4);
  expect(["a", "b"].map((key) => answered(key, one))).toEqual([5, 6]);
  expect([answered("d", other), answered("d", other)]).toEqual([7, 7]);
});
