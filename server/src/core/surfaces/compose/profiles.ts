import { isSeq } from "yaml";
import type { Variables } from "./interpolate";
import { valueIn } from "./items";
import { type Layer, slotsOf } from "./layers";

/**
 * Whether compose starts a service that is not requested by name. It does if the service has no profile, or has one
 * of those in COMPOSE_PROFILES (compose-go, types/project.go). If no variables are known, every service counts as
 * active.
 */
export function isActive(variables: Variables | undefined, layers: readonly Layer[]): boolean {
  if (!variables) return true;
  const profiles = slotsOf(layers, "profiles").flatMap(({ file, node }) =>
    isSeq(node) ? node.items.flatMap((item) => valueIn(file, item) ?? []) : [],
  );
  const active = (variables.values.get("COMPOSE_PROFILES") ?? "").split(",").map((name) => name.trim());
  return profiles.length === 0 || active.some((name) => name === "*" || profiles.includes(name));
}
