import type { Row } from "../figures";
import { firstByte } from "../first-byte";
import { bundles } from "../paths";

/** The time from a palette command to the first byte that reaches the engine. */
export async function palette(_: string, rounds: number): Promise<Row[]> {
  const { cold, warm } = await firstByte(bundles.engine, 10 * rounds);
  return [
    {
      what: "Palette command to the first byte sent to the engine, engine bundle not loaded",
      measure: "time",
      unit: "ms",
      ours: [cold],
    },
    { what: "Palette command to the first byte sent to the engine", measure: "time", unit: "ms", ours: warm },
  ];
}
