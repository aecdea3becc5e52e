import type { Dependencies, Engine } from "../ports";

/**
 * The engines that answer at the usual places, and the one that was chosen for this workspace. Asks nothing of a
 * person: an address of the workspace settings that was not allowed yet is not used.
 */
export async function findEngines(
  { ui, engine, memory }: Pick<Dependencies, "ui" | "engine" | "memory">,
  signal: AbortSignal,
): Promise<readonly Engine[]> {
  const { address: host, fromWorkspace } = ui.engineHost() ?? {};
  if (!ui.trusted() || (host !== undefined && fromWorkspace && !memory.hosts?.includes(host))) return [];
  const find = async (url?: string) => {
    const found = await engine.find(signal, { host, url }).catch(() => undefined);
    return found?.places.flatMap((place) => place.engine ?? []) ?? [];
  };
  const usual = await find();
  const url = memory.engine?.url;
  const isThere = url === undefined || usual.some((each) => each.url === url);
  return isThere ? usual : [...usual, ...(await find(url))];
}
