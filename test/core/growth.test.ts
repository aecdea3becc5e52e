import { describe, expect, test } from "vitest";
import { shapes } from "./growth-shapes";

/** Milliseconds of the processor, which other programs on the machine do not add to. */
function cost(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** The least of several measurements: what else a run meets (the compiler, collected garbage) only adds to it. */
function least(times: number, work: () => unknown): number {
  return Math.min(...Array.from({ length: times }, () => cost(work)));
}

/** Below so many milliseconds a measurement says more of the compiler than of the work. */
const enough = 8;
const mostDoublings = 7;
const mostTries = 6;

/**
 * By which power of its length the time for a text grows: 1 in proportion, 2 by its square. Measured with a length
 * and with four times of it; the longer one again while the answer is above `limit`.
 */
function exponentOf(count: number, read: (count: number) => unknown, limit: number): number {
  let length = count;
  let small = least(3, () => read(length));
  for (let doubled = 0; small < enough && doubled < mostDoublings; doubled++) {
    length *= 2;
    small = least(3, () => read(length));
  }
  let exponent = Number.POSITIVE_INFINITY;
  for (let tries = 0; tries < mostTries && exponent > limit; tries++) {
    const large = cost(() => read(4 * length));
    exponent = Math.min(exponent, Math.log(large / small) / Math.log(4));
  }
  return exponent;
}

describe("the time for a text grows little more than its length", () => {
  const limit = 1.9;
  test.each(shapes)("%s", (_, count, read) => {
    expect(exponentOf(count, read, limit)).toBeLessThan(limit);
  });
});

test("what grows by its square is seen", () => {
  const pairs = (count: number) => {
    let sum = 0;
    for (let a = 0; a < count; a++) for (let b = 0; b < count; b++) sum += a ^ b;
    return sum;
  };
  expect(exponentOf(1000, pairs, 1.75)).toBeGreaterThan(1.75);
});
