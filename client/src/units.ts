import type { Unit, UnitFilter } from "./ports";

/** What is looked for most comes first: units that failed, services that run, what else is active. */
export function sortUnits(units: readonly Unit[]): readonly Unit[] {
  return [...units].sort((a, b) => rank(a) - rank(b));
}

function rank({ name, active }: Unit): number {
  if (active === "failed") return 0;
  if (active !== "active") return 3;
  return name.endsWith(".service") ? 1 : 2;
}

/** Whether a filter lets a unit through. */
export function passes({ only, text = "" }: UnitFilter, { name, active, description }: Unit): boolean {
  if (only === "services" ? !name.endsWith(".service") : only !== undefined && active !== only) return false;
  return `${name} ${description}`.toLowerCase().includes(text.toLowerCase());
}
