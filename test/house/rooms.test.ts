import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { importsOf, parsed } from "./parsed";

const root = join(__dirname, "../..");

/**
 * The rooms of the core from the ground up. A room imports from itself and from those before it, never from one
 * that comes later. `docs/architecture.md` describes them.
 */
const rooms = [
  "base",
  "engine.ts",
  "systemd",
  "shell",
  "yaml",
  "container",
  "image",
  "surfaces",
  "boot",
  "plan",
  "project",
  "lint",
  "convert",
  "language",
  "logs",
  "least",
  "doctor",
  "docs",
];

const files = parsed("server/src/core");

/** The directory of the core, or its file, that contains a path; undefined outside of the core. */
const roomOf = (path: string) => /^server\/src\/core\/([^/]+)/.exec(path)?.[1];

const isOurs = (path: string) => /^(client|server)\//.test(path);

test("every file of the core is in a room that is listed, and every listed room is there", () => {
  expect([...new Set(files.map(({ path }) => roomOf(path)))].sort()).toEqual([...rooms].sort());
});

test("no room of the core imports from one that comes later", () => {
  const height = (path: string) => rooms.indexOf(roomOf(path) ?? "");
  const imports = files.flatMap((file) =>
    importsOf(file)
      .filter(isOurs)
      .map((to) => ({ from: file.path, to })),
  );
  const upward = imports
    .filter(({ from, to }) => height(to) > height(from) || height(to) === -1)
    .map(({ from, to }) => `${from} imports ${to}`);
  expect(imports.length).toBeGreaterThan(500);
  expect(upward).toEqual([]);
});

test("the page on the architecture lists the rooms in their order, and every file that it names is there", () => {
  const page = readFileSync(join(root, "docs/architecture.md"), "utf8");
  const table = page.slice(page.indexOf("## The core"), page.indexOf("## The client"));
  expect(Array.from(table.matchAll(/^\| `([\w.]+)\/?` \|/gm), ([, room]) => room)).toEqual(rooms);
  const places = [
    "",
    "server/src/",
    "server/src/core/",
    "server/src/cli/",
    "client/src/",
    "test/house/",
    "test/core/",
  ];
  const named = Array.from(page.matchAll(/`((?:[\w-]+\/)*[\w-]+(?:\.test)?\.ts)`/g), ([, path = ""]) => path);
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter((path) => !places.some((place) => existsSync(join(root, place, path))))).toEqual([]);
});
