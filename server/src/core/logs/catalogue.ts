import type { Row } from "./row";
import { followUps, startRows } from "./rows/boot";
import { busRows } from "./rows/bus";
import { cgroupRows } from "./rows/cgroups";
import { engineRows } from "./rows/engine";
import { harmlessRows } from "./rows/harmless";
import { hierarchyRows } from "./rows/hierarchies";
import { hostRows } from "./rows/host";
import { programRows } from "./rows/programs";
import { sandboxRows } from "./rows/sandbox";
import { mountRows, serviceRows } from "./rows/units";

/** Every line that is known. Of the rows that match a line the first counts whose `when` does not object. */
export const catalogue: readonly Row[] = [
  ...hostRows,
  ...cgroupRows,
  ...hierarchyRows,
  // What a build step says is of the build, before it is of a boot.
  ...busRows,
  ...startRows,
  ...engineRows,
  ...sandboxRows,
  ...programRows,
  ...mountRows,
  ...serviceRows,
  ...followUps,
  ...harmlessRows,
];
