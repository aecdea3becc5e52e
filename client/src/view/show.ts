import type { Container, Dependencies, Memory } from "../ports";
import type { RunningLens } from "./lenses";
import type { Followed } from "./nodes";
import { statusOf } from "./rows";

/** The parts of the editor that display the view's data. */
export interface Host {
  /** The view must read its data again. */
  changed(): void;
  /** Shows code lenses for the running containers of this workspace. */
  lenses(shown: readonly RunningLens[]): void;
  /** Sets a key that `when` clauses of the manifest use. */
  context(key: "noEngineAnswers" | "nothingRuns" | "nothingStopped", value: boolean): void;
}

/**
 * Shows the running containers of this workspace in the status bar, and enables the commands that have something to
 * work on.
 */
export function showFollowed(
  { ui, memory }: Pick<Dependencies, "ui" | "memory">,
  host: Host,
  followed: readonly Followed[],
  isOwn: (container: Container) => boolean,
): void {
  const own = followed.map(({ engine, containers = [] }) => ({
    engine,
    containers: containers.filter(isOwn),
  }));
  const runs = own.map(({ engine, containers }) => ({
    engine,
    containers: containers.filter(({ running }) => running),
  }));
  const busy = runs.filter(({ containers }) => containers.length > 0);
  ui.status(
    statusOf(
      ui.t,
      busy.flatMap(({ containers }) => containers),
      busy.map(({ engine }) => engine.name),
    ),
  );
  const all = followed.flatMap(({ containers = [] }) => containers);
  // Without events, the list may be outdated. Then it is better to offer a command that has no effect than to hide
  // one that is needed.
  const certain = followed.length > 0 && followed.every(({ listening }) => listening);
  host.context(
    "noEngineAnswers",
    followed.every(({ containers }) => containers === undefined),
  );
  host.context("nothingRuns", certain && !all.some(({ running }) => running));
  host.context("nothingStopped", certain && all.every(({ running }) => running));
  if (!certain) return;
  const hasContainers = own.some(({ containers }) => containers.length > 0);
  if (Boolean(memory.hasContainers) !== hasContainers) memory.hasContainers = hasContainers;
}

/** How many seconds the boots of containers took, if that is known. */
export interface Boots {
  of(container: Container): number | undefined;
  set(id: string, seconds: number): void;
  forget(id: string): void;
}

/** `memory` contains only the last boot that was watched, so the earlier ones are kept here. */
export function newBoots(memory: Pick<Memory, "lastBoot">): Boots {
  const known = new Map<string, number>();
  let last: Memory["lastBoot"];
  const read = () => {
    if (memory.lastBoot === last) return;
    last = memory.lastBoot;
    if (last?.seconds !== undefined) known.set(last.id, last.seconds);
  };
  return {
    of: ({ id }) => {
      read();
      return known.get(id);
    },
    set: (id, seconds) => void known.set(id, seconds),
    forget: (id) => {
      read();
      known.delete(id);
    },
  };
}
