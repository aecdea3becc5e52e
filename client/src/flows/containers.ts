import type { Composed, Container, Dependencies, Engine } from "../ports";

/** The containers of this extension, running or not, and those of the services that it started with Compose. */
export async function containersOf(
  { memory: { composed = [] } }: Pick<Dependencies, "memory">,
  engine: Engine,
): Promise<readonly Container[]> {
  const services = composed.map(async (each) => {
    const { uri, service } = each;
    const container = await engine.composed(each);
    return container ? [{ ...container, uri, service }] : [];
  });
  return (await Promise.all([engine.containers(), ...services])).flat();
}

/** Remembers the services that are about to be started with Compose, so that their containers are listed. */
export function rememberComposed(memory: Dependencies["memory"], services: readonly Composed[]): void {
  const isAgain = ({ uri, service }: Composed) =>
    services.some((each) => each.uri === uri && each.service === service);
  memory.composed = [...(memory.composed ?? []).filter((each) => !isAgain(each)), ...services];
}
