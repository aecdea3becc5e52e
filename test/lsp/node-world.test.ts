import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { URI } from "vscode-uri";
import { nodeWorld } from "../../server/src/node-world";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "a world ü "));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const uriOf = (...names: string[]) => URI.file(join(folder, ...names)).toString();

test("reads without the byte order mark, and what cannot be read is not there", async () => {
  writeFileSync(join(folder, "Dockerfile"), "\uFEFFFROM alpine\r\n");
  writeFileSync(join(folder, "compose.yaml"), " ".repeat(2_000_001));
  expect(await nodeWorld.readFile(uriOf("Dockerfile"))).toBe("FROM alpine\r\n");
  for (const uri of [uriOf("compose.yaml"), uriOf("missing"), uriOf(), "untitled:Untitled-1", "file://x/y"])
    expect(await nodeWorld.readFile(uri)).toBeUndefined();
});

test("finds our files by name, in no loop of links and in nobody's packages", async () => {
  for (const name of ["web", "node_modules", "vendor"]) {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, "Dockerfile"), "");
    writeFileSync(join(folder, name, "notes.yaml"), "");
  }
  symlinkSync("..", join(folder, "web", "loop"));
  expect(await nodeWorld.findFiles(URI.file(folder).toString())).toEqual([uriOf("web", "Dockerfile")]);
  for (const uri of [uriOf("missing"), "untitled:x"]) expect(await nodeWorld.findFiles(uri)).toEqual([]);
});
