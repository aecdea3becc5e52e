import { chooseUnit } from "../flows/units";
import type { Dependencies } from "../ports";

/** Opens a read-only view of a unit file in the container, with its drop-ins. */
export async function openUnitFile(deps: Dependencies, called?: string, named?: string): Promise<void> {
  const chosen = await chooseUnit(deps, called, named);
  if (!chosen) return;
  const { engine, container, unit } = chosen;
  const { text } = await engine.unitFile(container, unit);
  await deps.ui.showText(`${container.name}/${unit}`, text);
}
