import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runMocha } from "../mocha";

/**
 * Entry of the in-host suite: VS Code calls it in the extension host. The results go into a file beside this
 * bundle, because an extension host has no way to hand them to who opened the window.
 */
export async function run(): Promise<void> {
  const tests = readdirSync(__dirname).filter((name) => name.endsWith(".test.cjs"));
  const results = await runMocha(
    tests.map((name) => join(__dirname, name)),
    180_000,
  );
  writeFileSync(join(__dirname, "results.json"), JSON.stringify(results));
  if (results.some(({ state }) => state === "failed")) throw new Error("the in-host suite has failures");
}
