import type { Unit, UnitFilter } from "./ports";

/**
 * Sorts units by how likely users are to look for them: failed units, running services other than systemd's own, the
 * other active services, other active units, and then the inactive ones.
 */
export function sortUnits(units: readonly Unit[]): readonly Unit[] {
  return [...units].sort((a, b) => rank(a) - rank(b));
}

function rank({ name, active, sub }: Unit): number {
  if (active === "failed") return 0;
  if (active !== "active") return 4;
  if (!name.endsWith(".service")) return 3;
  return sub === "running" && !name.startsWith("systemd-") ? 1 : 2;
}

/** Whether a unit passes a filter. */
export function passes({ only, text = "" }: UnitFilter, { name, active, description }: Unit): boolean {
  if (only === "services" ? !name.endsWith(".service") : only !== undefined && active !== only) return false;
  return `${name} ${description}`.toLowerCase().includes(text.toLowerCase());
}
