import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, it } from "mocha";
import { atMostTwice, loadMocha, type Result } from "../mocha";

/** A file with two tests: one passes always, the other from the given try on. */
const source = (from: number) => `
  let tries = 0;
  before(() => tries++);
  it("is steady", () => {});
  it("is late", () => { if (tries < ${from}) throw new Error("too late in try " + tries); });
`;

describe("a file that drives the page", () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "systemd-containers-tries-"));
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  async function tryOut(from: number): Promise<{ results: Result[]; said: Result[] }> {
    const file = join(folder, "page.cjs");
    await writeFile(file, source(from));
    const said: Result[] = [];
    const run = await loadMocha([file], 1_000);
    const results = await atMostTwice(run, (failures) => said.push(...failures));
    return { results, said };
  }

  it("runs once when nothing fails", async () => {
    const { results, said } = await tryOut(1);
    assert.deepEqual(said, []);
    assert.deepEqual(
      results.map(({ title, state }) => [title, state]),
      [
        ["is steady", "passed"],
        ["is late", "passed"],
      ],
    );
  });

  it("runs from the start a second time, which is said", async () => {
    const { results, said } = await tryOut(2);
    assert.deepEqual(
      said.map(({ title, state }) => [title, state]),
      [["is late", "failed"]],
    );
    assert.deepEqual(
      results.map(({ title, state }) => [title, state]),
      [
        ["is steady [second try]", "passed"],
        ["is late [second try]", "passed"],
      ],
    );
  });

  it("has failed when it fails twice", async () => {
    const { results } = await tryOut(3);
    assert.deepEqual(
      results.map(({ state }) => state),
      ["passed", "failed"],
    );
    assert.match(results[1]?.reason ?? "", /too late in try 2/);
  });
});
