import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** What V8 writes to NODE_V8_COVERAGE, to the extent that it is read here. */
interface Report {
  readonly result: readonly {
    readonly url: string;
    readonly functions: readonly {
      readonly isBlockCoverage: boolean;
      readonly ranges: readonly Range[];
    }[];
  }[];
}

interface Range {
  readonly startOffset: number;
  readonly endOffset: number;
  readonly count: number;
}

/**
 * How many of V8's blocks of the core ran in any process. A block is a branch as V8 counts it: the body of a
 * function, a side of a condition, what is behind an early return.
 */
export function coreCoverage(folder: string): { covered: number; branches: number } {
  const blocks = new Map<string, boolean>();
  for (const name of readdirSync(folder)) {
    const { result } = JSON.parse(readFileSync(join(folder, name), "utf8")) as Report;
    for (const { url, functions } of result) {
      if (!/\/server\/src\/core\/.*\.ts$/.test(url)) continue;
      for (const { startOffset, endOffset, count } of functions.flatMap(({ ranges }) => ranges)) {
        const id = `${url} ${startOffset} ${endOffset}`;
        blocks.set(id, blocks.get(id) || count > 0);
      }
    }
  }
  const ran = [...blocks.values()];
  return { covered: ran.filter(Boolean).length, branches: ran.length };
}
