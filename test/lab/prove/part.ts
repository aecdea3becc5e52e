import type { EngineFacts } from "../../../server/src/core/engine";
import { type Engine, engineNames } from "..";

/** One claim to be checked on an engine. */
export interface Job<Row> {
  readonly title: string;
  /** Resolves with what was seen, and with anything that contradicts the claim. */
  work(engine: Engine): Promise<{ readonly proof?: Row; readonly contradictions: readonly string[] }>;
}

/** A kind of claim. The results are recorded in the file with its name in server/src/core/docs/evidence. */
export interface Part<Row> {
  readonly name: string;
  jobs(cell: string): readonly Job<Row>[];
  /** The cell of a recorded row; undefined if the claim no longer exists. */
  cellOf(row: Row): string | undefined;
  /** Rows are recorded in this order. */
  order(row: Row): number;
  /** How a row is printed; absent if rows are not printed. */
  text?(row: Row): string;
}

/** A part whose rows identify the files that were booted. */
export interface Checked<Row> extends Part<Row> {
  /** The title of the job that the row proves; undefined if the files that were booted have changed since. */
  titleOf(row: Row): string | undefined;
}

/** The engine that a row was recorded on. */
export interface Cell {
  readonly engine: EngineFacts["engine"];
  readonly version: string;
  readonly cgroupVersion: number;
}

/** The lab's name for the engine: `docker@28/v2`. */
export function cellName({ engine, version, cgroupVersion }: Cell): string {
  return `${engine}@${version.split(".")[0]}/v${cgroupVersion}`;
}

/** The facts about an engine that are recorded with a row, and the date. */
export function cellNow({ facts }: Engine): Cell & { readonly date: string } {
  return {
    date: new Date().toISOString().slice(0, 10),
    engine: facts.engine,
    // Without the suffix that Debian adds.
    version: (facts.version ?? "").replace(/[+~-].*/, ""),
    cgroupVersion: facts.cgroupVersion ?? 0,
  };
}

/**
 * The facts about a lab engine that Fix All receives. These are only facts that a row records, so Fix All can be
 * repeated without the engine.
 */
export function factsOf({ engine, version, cgroupVersion }: Cell): EngineFacts {
  const confined = { rootless: false, usernsRemap: false, appArmor: false, seLinux: false };
  return { engine, version, cgroupVersion: cgroupVersion === 1 ? 1 : 2, ...confined };
}

/**
 * The rows of a part that prove a current claim, and the claims that no row proves, such as "docker@28/v2 systemd
 * 252".
 */
export function checked<Row>(
  { jobs, cellOf, titleOf }: Checked<Row>,
  rows: readonly Row[],
): { current: readonly Row[]; missing: readonly string[] } {
  const titled = rows.map((row) => ({ row, title: titleOf(row) })).filter(({ title }) => title !== undefined);
  const proven = new Set(titled.map(({ row, title }) => `${cellOf(row)} ${title}`));
  const claimed = engineNames.flatMap((cell) => jobs(cell).map(({ title }) => `${cell} ${title}`));
  return { current: titled.map(({ row }) => row), missing: claimed.filter((claim) => !proven.has(claim)) };
}
