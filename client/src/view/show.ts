import type { Container, Dependencies, Memory } from "../ports";
import type { RunningLens } from "./lenses";
import type { Followed } from "./nodes";
import { statusOf } from "./rows";

/** What shows the view. */
export interface Host {
  /** What is shown is to be read again. */
  changed(): void;
  /** Above what runs of this workspace. */
  lenses(shown: readonly RunningLens[]): void;
  /** Sets what `when` clauses of the manifest read. */
  context(key: "noEngineAnswers" | "nothingRuns" | "nothingStopped", value: boolean): void;
}

/** Shows in the status bar what of this workspace runs, and offers the commands that have something to work on. */
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
  // While events are not heard it is not certain, and a command is better offered in vain than not found.
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

/** How long the boots of containers took, where it is known. */
export interface Boots {
  of(container: Container): number | undefined;
  set(id: string, seconds: number): void;
  forget(id: string): void;
}

/** The last boot that was watched is in the memory; the ones before are kept here. */
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
