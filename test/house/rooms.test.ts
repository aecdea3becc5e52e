import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { expect, test } from "vitest";

const core = join(__dirname, "../../server/src/core");

/**
 * The rooms of the core from the ground up. A room imports from itself and from those before it, never from one
 * that comes later. `docs/architecture.md` says what each is for.
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
  "logs",
  "doctor",
  "docs",
];

/** `import … from "./x"`, `export … from "./x"`, `import("./x")`, types included. */
const relativeImport = /(?:\bfrom|\bimport)\s*\(?\s*"(\.[^"]+)"/g;

const files = readdirSync(core, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
  .map((entry) => relative(core, join(entry.parentPath, entry.name)).replaceAll("\\", "/"));

const roomOf = (file: string) => file.split("/", 1)[0] ?? "";

function importsOf(file: string): string[] {
  const text = readFileSync(join(core, file), "utf8");
  return Array.from(text.matchAll(relativeImport), ([, path = ""]) =>
    relative(core, join(core, dirname(file), path)).replaceAll("\\", "/"),
  );
}

test("every file of the core is in a room that is listed, and every listed room is there", () => {
  expect([...new Set(files.map(roomOf))].sort()).toEqual([...rooms].sort());
});

test("no room of the core imports from one that comes later", () => {
  const height = (path: string) =>
    rooms.findIndex((room) => room.replace(/\.ts$/, "") === roomOf(path).replace(/\.ts$/, ""));
  const upward = files.flatMap((file) =>
    importsOf(file)
      .filter((path) => height(path) > height(file) || height(path) === -1)
      .map((path) => `${file} imports ${path}`),
  );
  expect(files.flatMap(importsOf).length).toBeGreaterThan(500);
  expect(upward).toEqual([]);
});

test("the page on the architecture lists the rooms in their order, and every file that it names is there", () => {
  const page = readFileSync(join(core, "../../../docs/architecture.md"), "utf8");
  const table = page.slice(page.indexOf("## The core"), page.indexOf("## The client"));
  expect(Array.from(table.matchAll(/^\| `([\w.]+)\/?` \|/gm), ([, room]) => room)).toEqual(rooms);
  const root = join(core, "../../..");
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
