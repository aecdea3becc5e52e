import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import module from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { help } from "../../server/src/cli/help";
import { commands } from "../../server/src/cli/run";

const out = join(__dirname, "../../server/out");

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "cli-start-"));
  for (const name of ["cli.cjs", "cli-main.cjs"]) copyFileSync(join(out, name), join(folder, name));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("the built program keeps its compiled code beside it where Node.js can do that", () => {
  const start = () => spawnSync(process.execPath, [join(folder, "cli.cjs"), "--help"], { encoding: "utf8" });
  for (const { status, stdout, stderr } of [start(), start()]) {
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toBe(help(commands));
  }
  expect(existsSync(join(folder, "compile-cache"))).toBe("enableCompileCache" in module);
});
