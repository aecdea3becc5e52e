import type { Container, Dependencies, Engine } from "../ports";

/**
 * Returns a function that removes the problems of a boot from the Problems view once the container is gone. Call it
 * with each new list of an engine's containers.
 */
export function newBlames({ ui, memory }: Pick<Dependencies, "ui" | "memory">) {
  const listed = new Map<Engine, readonly Container[]>();
  return (engine: Engine, containers: readonly Container[]): void => {
    const before = listed.get(engine) ?? [];
    listed.set(engine, containers);
    const left = new Set(containers.map(({ id }) => id));
    for (const { id } of before) {
      const uri = left.has(id) ? undefined : memory.blamed?.get(id);
      if (uri === undefined) continue;
      ui.blame(uri, []);
      memory.blamed?.delete(id);
    }
  };
}
