import type { Engine } from "../../../../client/src/ports";
import type { BootHost } from "./host";

/**
 * The engine at an address or, without an address, the likeliest one that responds. Rejects with a fault if none
 * does.
 */
export async function connect(
  host: string | undefined,
  { find }: Pick<BootHost, "find">,
  signal: AbortSignal,
): Promise<Engine> {
  const { places } = await find({ host, byOption: host !== undefined, signal });
  const engine = places.find((place) => place.engine)?.engine;
  if (!engine) throw new Error("The search found no engine.");
  return engine;
}
