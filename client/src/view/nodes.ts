import type { Container, ContainerNode, Engine, EngineNode, Node, System, UnitFilter } from "../ports";
import type { Translate } from "../text";
import { rows } from "../texts/rows";
import { passes, sortUnits } from "../units";

/** An engine whose containers are followed. */
export interface Followed {
  readonly engine: Engine;
  /** Undefined while the engine does not respond. */
  readonly containers?: readonly Container[];
  /** Whether its events are being received, so that the list is up to date. */
  readonly listening: boolean;
}

/** The details of a container that are not in its engine's list. */
export type Known = Pick<ContainerNode, "system" | "seconds">;

/**
 * The nodes of the engines. If all engines respond and none has containers, the result is empty, so that the view
 * shows what the user can do.
 */
export function engineNodes(followed: readonly Followed[]): EngineNode[] {
  const empty = followed.every(({ containers }) => containers?.length === 0);
  return empty ? [] : followed.map(({ engine, containers }) => ({ kind: "engine", engine, containers }));
}

/** The containers of this workspace, followed by a collapsed node with those of other workspaces. */
export function containerNodes(
  { engine, containers = [] }: EngineNode,
  isOwn: (container: Container) => boolean,
  known: (container: Container) => Known,
): Node[] {
  const others = containers.filter((container) => !isOwn(container));
  const nodes: Node[] = withKnown(engine, containers.filter(isOwn), known);
  return others.length > 0 ? [...nodes, { kind: "others", engine, containers: others }] : nodes;
}

/** Running containers first, then sorted by name. */
export function withKnown(
  engine: Engine,
  containers: readonly Container[],
  known: (container: Container) => Known,
): ContainerNode[] {
  return [...containers]
    .sort((a, b) => Number(b.running) - Number(a.running) || a.name.localeCompare(b.name, "en"))
    .map((container) => ({ kind: "container", engine, container, ...known(container) }));
}

/** The units of a container that pass the filter, or a note that explains why there are none. */
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
