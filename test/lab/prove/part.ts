import type { EngineFacts } from "../../../server/src/core/engine";
import { type Engine, engineNames } from "..";

/** One claim that an engine is to show. */
export interface Job<Row> {
  readonly title: string;
  /** Resolves with what was seen and with what of it contradicts the claim. */
  work(engine: Engine): Promise<{ readonly proof?: Row; readonly contradictions: readonly string[] }>;
}

/** A kind of claims. What became of them is recorded in the file of its name in server/src/core/docs/evidence. */
export interface Part<Row> {
  readonly name: string;
  jobs(cell: string): readonly Job<Row>[];
  /** The cell of a recorded row; undefined when nothing claims it any more. */
  cellOf(row: Row): string | undefined;
  /** Rows are recorded in this order. */
  order(row: Row): number;
  /** How a row is printed, where it is. */
  text?(row: Row): string;
}

/** A part whose rows say what they were proven on. */
export interface Checked<Row> extends Part<Row> {
  /** The title of the job that the row proves; undefined when the texts that were booted are others by now. */
  titleOf(row: Row): string | undefined;
}

/** Where a row was seen. */
export interface Cell {
  readonly engine: EngineFacts["engine"];
  readonly version: string;
  readonly cgroupVersion: number;
}

/** The lab's name of the engine: `docker@28/v2`. */
export function cellName({ engine, version, cgroupVersion }: Cell): string {
  return `${engine}@${version.split(".")[0]}/v${cgroupVersion}`;
}

/** What of an engine is recorded with a row, and the day. */
export function cellNow({ facts }: Engine): Cell & { readonly date: string } {
  return {
    date: new Date().toISOString().slice(0, 10),
    engine: facts.engine,
    // Without what Debian adds to it.
    version: (facts.version ?? "").replace(/[+~-].*/, ""),
    cgroupVersion: facts.cgroupVersion ?? 0,
  };
}

/** What Fix All is given of a lab's engine. Only what a row records, so that it can be asked again without the engine. */
export function factsOf({ engine, version, cgroupVersion }: Cell): EngineFacts {
  const confined = { rootless: false, usernsRemap: false, appArmor: false, seLinux: false };
  return { engine, version, cgroupVersion: cgroupVersion === 1 ? 1 : 2, ...confined };
}

/** The rows of a part that prove what is claimed now, and the claims that none proves: "docker@28/v2 systemd 252". */
export function checked<Row>(
  { jobs, cellOf, titleOf }: Checked<Row>,
  rows: readonly Row[],
): { current: readonly Row[]; missing: readonly string[] } {
  const titled = rows.map((row) => ({ row, title: titleOf(row) })).filter(({ title }) => title !== undefined);
  const proven = new Set(titled.map(({ row, title }) => `${cellOf(row)} ${title}`));
  const claimed = engineNames.flatMap((cell) => jobs(cell).map(({ title }) => `${cell} ${title}`));
  return { current: titled.map(({ row }) => row), missing: claimed.filter((claim) => !proven.has(claim)) };
}
