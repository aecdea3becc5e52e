import { describe, expect, test } from "vitest";
import { explainLog } from "../../../server/src/core/logs/explain";
import { unrelated } from "./unrelated";

describe("logs that say nothing of the kind are unknown", () => {
  test("they are many and varied", () => {
    expect(Object.keys(unrelated).length).toBeGreaterThanOrEqual(30);
  });

  test.each(Object.entries(unrelated))("%s", (_, log) => {
    for (const exitCode of [undefined, 0, 1, 2, 127, 137, 255]) {
      expect(explainLog({ log, exitCode })).toEqual([]);
    }
    expect(explainLog({ log: log.replaceAll("\n", "\r\n") })).toEqual([]);
  });

  test("all of them after another, and nothing at all", () => {
    const texts = Object.entries(unrelated).filter(([name]) => name !== "the journal of a machine");
    expect(explainLog({ log: texts.map(([, log]) => log).join("\n") })).toEqual([]);
    expect(explainLog({ log: "" })).toEqual([]);
  });
});
