import { chooseUnit, tellUnit } from "../flows/units";
import type { Dependencies, Unit, UnitVerb } from "../ports";
import type { Text, Translate } from "../text";
import { progress } from "../texts/progress";

/** Starts a unit in a container. */
export function startUnit(deps: Dependencies, called?: string, unit?: string): Promise<void> {
  return control(deps, "start", called, unit);
}

/** Stops a unit in a container. */
export function stopUnit(deps: Dependencies, called?: string, unit?: string): Promise<void> {
  return control(deps, "stop", called, unit);
}

/** Restarts a unit in a container. */
export function restartUnit(deps: Dependencies, called?: string, unit?: string): Promise<void> {
  return control(deps, "restart", called, unit);
}

const titles: Readonly<Record<UnitVerb, (t: Translate, unit: string) => Text>> = {
  start: progress.startingNamed,
  stop: progress.stopping,
  restart: progress.restarting,
};

async function control(deps: Dependencies, verb: UnitVerb, called?: string, named?: string): Promise<void> {
  const { ui } = deps;
  const isOff = ({ active }: Unit) => active === "inactive" || active === "failed";
  const fits = (unit: Unit) => verb === "restart" || isOff(unit) === (verb === "start");
  const chosen = await chooseUnit(deps, called, named, fits);
  if (!chosen) return;
  const { engine, container, unit } = chosen;
  const outcome = await ui.progress(titles[verb](ui.t, unit), (_report, signal) =>
    engine.control(container, unit, verb, signal),
  );
  tellUnit(deps, chosen, outcome);
}
