import type { EngineFacts } from "../../../server/src/core/facts";
import type { Engine } from "..";

/** One claim that an engine is to show. */
export interface Job<Row> {
  readonly title: string;
  /** Resolves with what was seen and with what of it contradicts the claim. */
  work(engine: Engine): Promise<{ readonly proof?: Row; readonly contradictions: readonly string[] }>;
}

/** A kind of claims. What became of them is recorded in the file of its name in server/src/core/evidence. */
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
