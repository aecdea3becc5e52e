import { describe, expect, test, vi } from "vitest";
import type { Ask } from "../../server/src/core/base/kept";
import { blocksOf, lengthsOf } from "../counted";
import { shapes } from "./growth-shapes";

// What was kept of a text would not be worked out again.
vi.mock("../../server/src/core/base/kept", async (importOriginal) => ({
  ...(await importOriginal<object>()),
  kept: () => (_key: string, ask: Ask, make: (ask: Ask) => unknown) => make(ask),
}));

type Count = (work: () => unknown) => number;

/** By which power of its length the work for a text grows: 1 in proportion, 2 by its square. */
function exponentOf(count: Count, length: number, read: (length: number) => unknown): number {
  // What is read once in a process is read here.
  read(length);
  const [small, large] = [count(() => read(length)), count(() => read(4 * length))];
  return Math.log(large / small) / Math.log(4);
}

const limit = 1.5;

describe("reading a document takes little more than linear time", () => {
  test.each(shapes)("%s", (_, count, read) => {
    expect(exponentOf(blocksOf, count, read), "blocks that are executed").toBeLessThan(limit);
    expect(exponentOf(lengthsOf, count, read), "lengths that are walked over").toBeLessThan(limit);
  });
});

describe("what grows by its square is seen", () => {
  const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);
  const lines = (count: number) => "a\n".repeat(count);

  test("in loops", () => {
    const pairs = (count: number) => {
      let sum = 0;
      for (let a = 0; a < count; a++) for (let b = 0; b < count; b++) sum += a ^ b;
      return sum;
    };
    expect(exponentOf(blocksOf, 100, pairs)).toBeGreaterThan(1.9);
  });

  test("in what is called", () => {
    const pairs = (count: number) => numbers(count).filter((_, __, all) => all.some((one) => one < 0));
    expect(exponentOf(blocksOf, 100, pairs)).toBeGreaterThan(1.9);
  });

  test.each<[string, (count: number) => unknown]>([
    ["searches in a list", (n) => numbers(n).filter((one, _, all) => all.includes(one))],
    ["searches for what a list does not have", (n) => numbers(n).map((_, __, all) => all.indexOf(-1))],
    ["searches back", (n) => numbers(n).map((one, _, all) => all.lastIndexOf(one))],
    ["copies", (n) => numbers(n).map((_, __, all) => all.slice())],
    ["joined lists", (n) => numbers(n).reduce<number[]>((all, one) => all.concat([one]), [])],
    ["sorting", (n) => numbers(n).map((_, __, all) => all.toSorted())],
    ["searches in a text", (n) => numbers(n).map((at) => lines(n).indexOf("b", at))],
    ["searches back in a text", (n) => numbers(n).map((at) => lines(n).lastIndexOf("b", at))],
    ["texts that are divided", (n) => numbers(n).map(() => lines(n).split("\n"))],
    ["a regular expression", (n) => numbers(n).map(() => /b$/.test(lines(n)))],
    ["replacing", (n) => numbers(n).map(() => lines(n).replace(/a/g, "b"))],
    ["values that are written", (n) => numbers(n).map((_, __, all) => JSON.stringify(all))],
  ])("in %s", (_, read) => {
    expect(exponentOf(lengthsOf, 100, read)).toBeGreaterThan(1.8);
  });

  test("and what grows by n log n is not", () => {
    const sort = (count: number) => numbers(count).toSorted((a, b) => Math.sin(a) - Math.sin(b));
    expect(exponentOf(blocksOf, 1000, sort)).toBeLessThan(1.2);
    expect(exponentOf(lengthsOf, 1000, sort)).toBeLessThan(1.2);
  });
});
