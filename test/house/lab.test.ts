import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { stateRootOf } from "../lab/state";

const folder = mkdtempSync(join(tmpdir(), "lab-checkouts-"));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("each checkout has state folders of its own, however its path is written", () => {
  const [one, other, link] = ["one", "other", "link"].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  mkdirSync(one);
  mkdirSync(other);
  symlinkSync(one, link);
  expect(stateRootOf(one)).not.toBe(stateRootOf(other));
  expect(stateRootOf(link)).toBe(stateRootOf(one));
});
