import type { Row } from "./row";
import { followUps, startRows } from "./rows/boot";
import { cgroupRows } from "./rows/cgroups";
import { busRows, engineRows } from "./rows/engine";
import { harmlessRows } from "./rows/harmless";
import { mountRows, sandboxRows, serviceRows } from "./rows/units";

/** Every line that is known. Of the rows that match a line the first counts whose `when` does not object. */
export const catalogue: readonly Row[] = [
  ...cgroupRows,
  ...startRows,
  ...engineRows,
  ...busRows,
  ...sandboxRows,
  ...mountRows,
  ...serviceRows,
  ...followUps,
  ...harmlessRows,
];
