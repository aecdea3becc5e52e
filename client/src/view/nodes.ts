import type { Container, ContainerNode, Engine, EngineNode, Node, System, UnitFilter } from "../ports";
import type { Translate } from "../text";
import { rows } from "../texts/rows";
import { passes, sortUnits } from "../units";

/** An engine that is followed. */
export interface Followed {
  readonly engine: Engine;
  /** Undefined while it does not answer. */
  readonly containers?: readonly Container[];
  /** Its events are heard, so that this is how it is now. */
  readonly listening: boolean;
}

/** What is known of a container beside what its engine lists. */
export type Known = Pick<ContainerNode, "system" | "seconds">;

/** The engines; none where there is nothing to show of any, so that the view shows what can be done. */
export function engineNodes(followed: readonly Followed[]): EngineNode[] {
  const empty = followed.every(({ containers }) => containers?.length === 0);
  return empty ? [] : followed.map(({ engine, containers }) => ({ kind: "engine", engine, containers }));
}

/** The containers of this workspace, those of others folded below. */
export function containerNodes(
  { engine, containers = [] }: EngineNode,
  isOwn: (container: Container) => boolean,
  known: (container: Container) => Known,
): Node[] {
  const others = containers.filter((container) => !isOwn(container));
  const nodes: Node[] = withKnown(engine, containers.filter(isOwn), known);
  return others.length > 0 ? [...nodes, { kind: "others", engine, containers: others }] : nodes;
}

/** What runs comes first, then by name. */
export function withKnown(
  engine: Engine,
  containers: readonly Container[],
  known: (container: Container) => Known,
): ContainerNode[] {
  return [...containers]
    .sort((a, b) => Number(b.running) - Number(a.running) || a.name.localeCompare(b.name, "en"))
    .map((container) => ({ kind: "container", engine, container, ...known(container) }));
}

/** The units of a container that pass the filter, or why there are none. */
export function unitNodes(
  t: Translate,
  { engine, container }: ContainerNode,
  { units }: System,
  filter: UnitFilter,
): Node[] {
  const shown = sortUnits(units.filter((unit) => passes(filter, unit)));
  if (shown.length > 0) return shown.map((unit) => ({ kind: "unit", engine, container, unit }));
  const text = units.length > 0 ? rows.noUnits(t) : rows.systemdSilent(t);
  return [{ kind: "note", engine, container, text }];
}
