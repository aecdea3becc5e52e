import { posix } from "node:path";
import { expect, test } from "vitest";
import { circles } from "./circles";
import { importsOf, parse, parsed } from "./parsed";

test("circles are found, also of three files and of one", () => {
  const imports = new Map([
    ["a", ["b", "d"]],
    ["b", ["c"]],
    ["c", ["a"]],
    ["d", ["d", "yaml"]],
    ["e", ["a"]],
  ]);
  expect(circles(imports)).toEqual([["a", "b", "c"], ["d"]]);
  expect(circles(new Map([["a", ["b"]]]))).toEqual([]);
});

test("every form of import counts", () => {
  const text = `
    import type { A } from "./protocol";
    export type * from "./core/base/glob";
    import { join } from "node:path";
    const late: Promise<import("./core/base/message").Message> = import("./core/lint/rule");
  `;
  expect(importsOf(parse("server/src/x.ts", text))).toEqual([
    "server/src/protocol.ts",
    "server/src/core/base/glob.ts",
    "node:path",
    "server/src/core/base/message.ts",
    "server/src/core/lint/rule.ts",
  ]);
});

test("no circles between files", () => {
  const imports = new Map(parsed().map((file) => [file.path, importsOf(file)]));
  expect(circles(imports)).toEqual([]);
});

test("no circles between the rooms of the engine", () => {
  const room = "client/src/engine/";
  const imports = new Map<string, string[]>();
  for (const file of parsed("client/src/engine")) {
    const own = posix.dirname(file.path);
    const others = importsOf(file).filter((path) => path.startsWith(room));
    const rooms = others.map((path) => posix.dirname(path)).filter((folder) => folder !== own);
    imports.set(own, [...(imports.get(own) ?? []), ...rooms]);
  }
  expect(circles(imports)).toEqual([]);
});
