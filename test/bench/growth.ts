import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { build } from "esbuild";
import type * as Lint from "../../server/src/core/lint/lint";
import { median } from "./figures";
import { dockerfileOf } from "./inputs";
import { cache, root } from "./paths";
import { type Shape, shapes } from "./shapes";

const sizes = [2_000, 8_000] as const;
const runs = 3;
/** A shape whose time grows by a higher power of its size grows too fast. */
const aim = 1.15;
/** Less CPU time than this, in milliseconds, is noise: short work is repeated. */
const enough = 200;
/** Longer than this, in milliseconds, no shape is waited for. */
const patience = 300_000;

/** The core as a bundle, in which a profile names each function. */
const bundle = join(cache, "core.cjs");

/** Prints for each shape by which power of its size the CPU time of its lint grows. */
export async function growth(): Promise<void> {
  mkdirSync(cache, { recursive: true });
  await build({
    entryPoints: [join(root, "server/src/core/lint/lint.ts")],
    outfile: bundle,
    bundle: true,
    platform: "node",
    format: "cjs",
    mainFields: ["module", "main"],
  });
  console.log(`CPU time of a lint at ${sizes.join(" and ")} lines, services or entries; aim: ≤ ${aim}`);
  for (const { name } of shapes) {
    // In a separate process, so that no shape finds the code compiled for another one.
    const args = [...process.execArgv, join(import.meta.dirname, "run.ts"), "growth", name];
    spawnSync(process.execPath, args, { stdio: "inherit", timeout: patience });
  }
}

/** Prints the line of one shape. */
export function growthOf(name: string): void {
  const shape = shapes.find((one) => one.name === name);
  if (!shape) throw new Error(`There is no shape ${name}`);
  const core: typeof Lint = createRequire(import.meta.url)(bundle);
  const texts = sizes.map((size) => shape.text(size));
  const costs = sizes.map((): number[] => []);
  // The first run, which compiles, does not count.
  for (let run = 0; run <= runs; run++)
    for (const [index, text] of texts.entries()) {
      const used = cost(core, shape, text);
      if (run > 0) costs[index]?.push(used);
    }
  const [small = 0, large = 0] = costs.map(median);
  const power = Math.log(large / small) / Math.log(sizes[1] / sizes[0]);
  const times = `${small.toFixed(1)} ms, ${large.toFixed(1)} ms`;
  console.log(`${power.toFixed(2)}  ${power <= aim ? "  " : "!!"}  ${shape.file}: ${name}: ${times}`);
}

/** CPU time of a lint in milliseconds. */
function cost(core: typeof Lint, shape: Shape, text: string): number {
  const before = process.cpuUsage();
  for (let count = 1; ; count++) {
    linted(core, shape, text);
    const { user, system } = process.cpuUsage(before);
    if ((user + system) / 1000 >= enough) return (user + system) / 1000 / count;
  }
}

let changes = 0;

/**
 * Lints a file beside the Dockerfile that it may build. A number in each command and in a comment makes the file and its
 * scripts new ones, so that nothing is known of them from before.
 */
function linted(core: typeof Lint, { file }: Shape, body: string): void {
  const uri = `file:///bench/${file}`;
  changes++;
  const text = `${body.replaceAll(/unit-|echo /g, `$&${changes}`)}# ${changes}\n`;
  const beside = new Map([["file:///bench/Dockerfile", dockerfileOf(60)]]).set(uri, text);
  const snapshot = {
    runFiles: file === "compose.yaml" ? [uri] : [],
    read: (asked: string) => beside.get(asked),
  };
  const { failures } = core.lint({ uri, text, snapshot, settings: { rules: {}, target: undefined } });
  if (failures.length > 0) throw new Error(`${failures[0]?.rule}: ${failures[0]?.error}`);
}
