import type { Dependencies, Engine } from "../ports";

/**
 * The engines that respond at the usual places, and the one that was selected for this workspace. The user is not
 * prompted, so an address from the workspace settings is not used until the user has allowed it. `failed` is called
 * with the reason why a search found none.
 */
export async function findEngines(
  { ui, engine, memory }: Pick<Dependencies, "ui" | "engine" | "memory">,
  signal: AbortSignal,
  failed: (error: unknown) => void = () => {},
): Promise<readonly Engine[]> {
  const { address: host, fromWorkspace } = ui.engineHost() ?? {};
  if (!ui.trusted() || (host !== undefined && fromWorkspace && !memory.hosts?.includes(host))) return [];
  const find = async (url?: string) => {
    const found = await engine.find(signal, { host, url }).catch((error: unknown) => void failed(error));
    return found?.places.flatMap((place) => place.engine ?? []) ?? [];
  };
  const usual = await find();
  const url = memory.engine?.url;
  const isThere = url === undefined || usual.some((each) => each.url === url);
  return isThere ? usual : [...usual, ...(await find(url))];
}
