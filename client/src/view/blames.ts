import type { Container, Dependencies, Engine } from "../ports";

/** Takes the problems of a boot out of Problems once the container is gone. Its argument is each list of an engine. */
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
