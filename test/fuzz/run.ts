import { type ChildProcess, fork } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { coreCoverage } from "./coverage";
import { readSeeds } from "./seeds";
import { batchOf, type Finding } from "./session";
import type { FromWorker } from "./worker";
import { failureOf } from "./worker-end";

// npm run fuzz -- --minutes N [--seed S] [--processes P] [--coverage]
//
// Prints what was tried and each property that does not hold once, with a short input; exits 1 on any.

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "1" },
    seed: { type: "string", default: "1" },
    processes: { type: "string", default: "2" },
    coverage: { type: "boolean", default: false },
  },
});

/** A worker that has reported nothing for so long hangs in its input. */
const silence = 60_000;

const seed = Number(values.seed);
const end = Date.now() + Number(values.minutes) * 60_000;
const coverageFolder = values.coverage ? mkdtempSync(join(tmpdir(), "fuzz-coverage-")) : undefined;
const found = new Map<string, Finding>();
const total = { inputs: 0, thorough: 0 };

await Promise.all(Array.from({ length: Number(values.processes) }, (_, index) => lane(index)));

for (const { property, detail, input } of found.values()) {
  console.log(`\n${property}\n${JSON.stringify(input)}`);
  if (detail) console.log(detail.replace(/^/gm, "  | "));
}
console.log(`\n${total.inputs} inputs, ${total.thorough} through all properties, seed ${seed}`);
console.log(`${found.size} findings`);
if (coverageFolder) {
  const { covered, branches } = coreCoverage(coverageFolder);
  const percent = ((100 * covered) / branches).toFixed(1);
  console.log(`branch coverage of server/src/core: ${percent} % (${covered} of ${branches})`);
  rmSync(coverageFolder, { recursive: true });
}
process.exitCode = found.size > 0 ? 1 : 0;

/** Works on every so many-th batch until the time is over; a worker that hangs or dies is replaced. */
async function lane(index: number): Promise<void> {
  let batch = index;
  while (Date.now() < end) batch = (await work(batch)) + Number(values.processes);
}

/** Runs one worker from a batch on, and gives the batch that it came to. */
function work(first: number): Promise<number> {
  const env = coverageFolder ? { ...process.env, NODE_V8_COVERAGE: coverageFolder } : process.env;
  const step = Number(values.processes);
  const args = { seed, first, step, end, known: [...found.keys()] };
  const worker = fork(join(import.meta.dirname, "worker.ts"), [JSON.stringify(args)], { env });
  return new Promise((resolve, reject) => {
    let at: { batch: number; index: number } | undefined;
    const watch = watchdog(worker);
    worker.on("message", (message: FromWorker) => {
      watch.timer.refresh();
      if ("finding" in message) note(message.finding);
      if ("batch" in message) at = message;
      if ("inputs" in message) {
        total.inputs += message.inputs;
        total.thorough += message.thorough;
      }
    });
    worker.on("exit", (code, signal) => {
      clearTimeout(watch.timer);
      const property = failureOf({ code, signal, silent: watch.isOver() });
      if (!at) return property === undefined ? resolve(first) : reject(new Error("a worker did not start"));
      const input = batchOf(readSeeds(), seed, at.batch)[at.index];
      if (property !== undefined && input) note({ property, input });
      resolve(at.batch);
    });
  });
}

/** Ends a worker that is silent for too long. */
function watchdog(worker: ChildProcess): { readonly timer: NodeJS.Timeout; isOver(): boolean } {
  let over = false;
  const timer = setTimeout(() => {
    over = true;
    worker.kill("SIGKILL");
  }, silence);
  return { timer, isOver: () => over };
}

function note(finding: Finding): void {
  const known = found.get(finding.property);
  if (!known) console.log(`${finding.property}\n${JSON.stringify(finding.input)}`);
  if (!known || finding.input.text.length < known.input.text.length) found.set(finding.property, finding);
}
