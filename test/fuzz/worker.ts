import { readSeeds } from "./seeds";
import { batchOf, type Finding, findings, isThorough } from "./session";

/** What a worker sends to the process that started it; any message shows that it is alive. */
export type FromWorker =
  | { readonly alive: true }
  | { readonly batch: number; readonly index: number }
  | { readonly finding: Finding }
  | { readonly inputs: number; readonly thorough: number };

interface Work {
  readonly seed: number;
  readonly first: number;
  readonly step: number;
  /** When to stop, in milliseconds since 1970. */
  readonly end: number;
  /** Properties that are known not to hold. */
  readonly known: readonly string[];
}

const tell = (message: FromWorker) => process.send?.(message);
const { seed, first, step, end, known: before }: Work = JSON.parse(process.argv[2] ?? "");
const seeds = readSeeds();
const known = new Set(before);

for (let batch = first; Date.now() < end; batch += step) {
  // Messages are sent between batches at the latest.
  await new Promise((resolve) => setImmediate(resolve));
  const inputs = batchOf(seeds, seed, batch);
  for (const [index, input] of inputs.entries()) {
    if (Date.now() > end) break;
    tell({ batch, index });
    for (const finding of findings(input, isThorough(index), known, () => tell({ alive: true }))) {
      known.add(finding.property);
      tell({ finding });
    }
    tell({ inputs: 1, thorough: isThorough(index) ? 1 : 0 });
  }
}
process.disconnect();
