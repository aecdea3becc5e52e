import type { Container, Dependencies, Engine } from "../ports";

/** The containers of this extension, running or not, and that of the service which it had Compose start. */
export async function containersOf(
  { memory: { composed } }: Pick<Dependencies, "memory">,
  engine: Engine,
): Promise<readonly Container[]> {
  const own = await engine.containers();
  const service = composed && (await engine.composed(composed));
  return service ? [...own, { ...service, uri: composed.uri }] : own;
}
