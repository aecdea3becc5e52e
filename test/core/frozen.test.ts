import { expect, test, vi } from "vitest";
import { type Ask, kept } from "../../server/src/core/base/kept";
import { fixAll } from "../../server/src/core/lint/fix";
import { rules } from "../../server/src/core/lint/rules/index";
import { exampleProject, examplesOf, readMarks, settingsOf } from "./example";

const { frozen } = vi.hoisted(() => {
  const seen = new WeakSet<object>();
  const refuse = () => {
    throw new TypeError("what is kept is not changed");
  };
  /** Freezes a value and all that can be seen of it; what it only works out when it is asked is left alone. */
  const frozen = <T>(root: T): T => {
    const open: unknown[] = [root];
    for (let value = open.pop(); open.length > 0 || value !== undefined; value = open.pop()) {
      if (typeof value !== "object" || value === null || seen.has(value)) continue;
      seen.add(value);
      if (value instanceof Map || value instanceof Set) {
        open.push(...value.values());
        Object.assign(value, { set: refuse, add: refuse, delete: refuse, clear: refuse });
      }
      for (const property of Object.values(Object.getOwnPropertyDescriptors(value)))
        open.push(property.value);
      Object.freeze(value);
    }
    return root;
  };
  return { frozen };
});

vi.mock("../../server/src/core/base/kept", async (importOriginal) => {
  const original = await importOriginal<typeof import("../../server/src/core/base/kept")>();
  return {
    ...original,
    kept: <T>(most: Parameters<typeof original.kept>[0]) => {
      const read = original.kept<T>(most);
      return (key: string, ask: Ask, make: (ask: Ask) => T) => read(key, ask, (inner) => frozen(make(inner)));
    },
  };
});

vi.mock("../../server/src/core/base/once", async (importOriginal) => {
  const original = await importOriginal<typeof import("../../server/src/core/base/once")>();
  const { once, onceFor } = original;
  return {
    ...original,
    once: <T>(work: () => T) => once(() => frozen(work())),
    onceFor: <Key extends object, T>(work: (key: Key) => T) => onceFor((key: Key) => frozen(work(key))),
  };
});

test.each(rules.map((rule) => [rule.id, rule] as const))("%s changes nothing that is kept", (_, rule) => {
  for (const example of Object.values(examplesOf(rule)).flat()) {
    const { text } = readMarks(example.source);
    const input = { ...exampleProject(rule, example, text), text, settings: settingsOf(rule, example) };
    const { result } = fixAll(input, { hints: true });
    expect(result.failures.map(({ rule, error }) => `${rule}: ${String(error)}`)).toEqual([]);
  }
});

test("what is kept cannot be changed here", () => {
  const read = kept<{ list: number[]; names: Map<string, number> }>({ characters: 100, each: 0 });
  const value = read(
    "key",
    () => undefined,
    () => ({ list: [1], names: new Map([["a", 1]]) }),
  );
  expect(() => value.list.push(2)).toThrow(TypeError);
  expect(() => value.names.set("b", 2)).toThrow(TypeError);
});
