import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Row, titleOf } from "./figures";
import { commandLine } from "./measures/cli";
import { keysInCompose, keysInDockerfile, keysInLongDockerfile } from "./measures/keys";
import { starts } from "./measures/start";

const rounds = 4;
/** A ratio that is so many times the recorded one is worse. */
const tolerance = 1.25;

/** The ratios as they were recorded, by the name of the row and of what it is compared with. */
const file = join(import.meta.dirname, "smoke.json");
type Ratios = Readonly<Record<string, number>>;

const measures = [keysInDockerfile, keysInLongDockerfile, keysInCompose, starts, commandLine];

/** Measures CPU time and memory beside the peers, and compares with the recorded ratios; false where one is worse. */
export async function smoke(folder: string): Promise<boolean> {
  const recorded: Ratios = JSON.parse(readFileSync(file, "utf8"));
  let good = true;
  for (const measure of measures) {
    for (const [name, ratio] of await ratiosOf(measure, folder)) {
      const limit = tolerance * (recorded[name] ?? Number.NaN);
      const isGood = ratio <= limit;
      console.log(
        `${isGood ? "  " : "!!"}  ${ratio.toFixed(2)} of ${recorded[name]?.toFixed(2)} recorded  ${name}`,
      );
      good &&= isGood;
    }
  }
  return good;
}

/** Records the ratios of now. */
export async function record(folder: string): Promise<void> {
  const all: [string, number][] = [];
  for (const measure of measures) all.push(...(await ratiosOf(measure, folder)));
  const rounded = all.map(([name, ratio]): [string, number] => [name, Number(ratio.toPrecision(3))]);
  writeFileSync(file, `${JSON.stringify(Object.fromEntries(rounded), null, 2)}\n`);
}

/** The least of ours to the least of each peer: what else the machine does only adds to a figure. */
async function ratiosOf(
  measure: (folder: string, rounds: number) => Promise<Row[]>,
  folder: string,
): Promise<[string, number][]> {
  const rows = await measure(folder, rounds);
  const steady = rows.filter((row) => row.measure !== "time");
  return steady.flatMap((row) =>
    (row.peers ?? []).map(({ name, figures }): [string, number] => [
      `${titleOf(row)} / ${name}`,
      Math.min(...row.ours) / Math.min(...figures),
    ]),
  );
}
