import type { System } from "../../../client/src/engine/connect/endpoints";
import { find } from "../../../client/src/engine-entry";
import type { Engine } from "../../../client/src/ports";

/** A computer on which nothing names an engine. */
export const noWorld: System = {
  env: {},
  platform: process.platform,
  home: "/nowhere",
  readFile: async () => undefined,
  listFolder: async () => [],
};

/** The engine of an address; rejects as the entry of the engine bundle does. */
export async function connectTo(host: string, world: System = noWorld): Promise<Engine> {
  const { places } = await find({ host }, world);
  const engine = places[0]?.engine;
  if (!engine) throw new Error(`no engine at ${host}`);
  return engine;
}
