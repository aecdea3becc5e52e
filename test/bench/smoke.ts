import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Row, titleOf } from "./figures";
import { commandLine } from "./measures/cli";
import { keysInComposeAndYaml, keysInDockerfile, keysInLongDockerfile } from "./measures/keys";
import { starts } from "./measures/start";

const rounds = 4;
/** A measure whose ratios are worse is run again, up to this many times, and all its figures are taken together. */
const tries = 6;
/** A ratio that is so many times the recorded one is worse. */
const tolerance = 1.25;

/** The ratios as they were recorded, by the name of the row and of what it is compared with. */
const file = join(import.meta.dirname, "smoke.json");
type Ratios = Readonly<Record<string, number>>;
type Named = readonly [name: string, ratio: number];

const measures = [keysInDockerfile, keysInLongDockerfile, keysInComposeAndYaml, starts, commandLine];

/** Measures CPU time and memory beside the peers, and compares with the recorded ratios; false where one is worse. */
export async function smoke(folder: string): Promise<boolean> {
  const recorded: Ratios = JSON.parse(readFileSync(file, "utf8"));
  const isGood = ([name, ratio]: Named) => ratio <= tolerance * (recorded[name] ?? Number.NaN);
  let good = true;
  for (const measure of measures) {
    let rows = await steadyRows(measure, folder);
    for (let run = 1; run < tries && !ratiosOf(rows).every(isGood); run++) {
      print(ratiosOf(rows), recorded, isGood);
      console.log("    Worse, so it is measured once more, and all figures are taken together:");
      rows = together(rows, await steadyRows(measure, folder));
    }
    print(ratiosOf(rows), recorded, isGood);
    good &&= ratiosOf(rows).every(isGood);
  }
  return good;
}

function print(found: readonly Named[], recorded: Ratios, isGood: (one: Named) => boolean): void {
  for (const [name, ratio] of found) {
    const before = recorded[name]?.toFixed(2) ?? "nothing";
    console.log(`${isGood([name, ratio]) ? "  " : "!!"}  ${ratio.toFixed(2)}, recorded ${before}: ${name}`);
  }
}

/** Records the ratios of now. */
export async function record(folder: string): Promise<void> {
  const all: Named[] = [];
  for (const measure of measures) all.push(...ratiosOf(await steadyRows(measure, folder)));
  const rounded = all.map(([name, ratio]): Named => [name, Number(ratio.toPrecision(3))]);
  writeFileSync(file, `${JSON.stringify(Object.fromEntries(rounded), null, 2)}\n`);
}

type Measure = (folder: string, rounds: number) => Promise<Row[]>;

/** The rows of a measure that say CPU time or memory. */
async function steadyRows(measure: Measure, folder: string): Promise<Row[]> {
  const rows = await measure(folder, rounds);
  return rows.filter((row) => row.measure !== "time");
}

/** The rows of two runs of one measure, with the figures of both. */
function together(rows: readonly Row[], later: readonly Row[]): Row[] {
  return rows.map((row, at) => ({
    ...row,
    ours: [...row.ours, ...(later[at]?.ours ?? [])],
    peers: row.peers?.map((peer, which) => ({
      ...peer,
      figures: [...peer.figures, ...(later[at]?.peers?.[which]?.figures ?? [])],
    })),
  }));
}

/** The least of this project to the least of each peer: what else the host does only adds to a figure. */
function ratiosOf(rows: readonly Row[]): Named[] {
  return rows.flatMap((row) =>
    (row.peers ?? []).map(
      ({ name, figures }): Named => [
        `${titleOf(row)} / ${name}`,
        Math.min(...row.ours) / Math.min(...figures),
      ],
    ),
  );
}
