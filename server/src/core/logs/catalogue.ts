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
import { maintenanceRows, mountRows, serviceRows, targetRows } from "./rows/units";

/** All known lines. For each line, the first matching row applies, unless its `when` is false. */
export const catalogue: readonly Row[] = [
  ...hostRows,
  ...cgroupRows,
  ...hierarchyRows,
  // An error in a build step is about the build rather than about a boot.
  ...busRows,
  ...startRows,
  ...engineRows,
  ...sandboxRows,
  ...programRows,
  ...targetRows,
  ...mountRows,
  ...serviceRows,
  ...followUps,
  ...maintenanceRows,
  ...harmlessRows,
];
