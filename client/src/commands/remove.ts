import { chooseContainer, connect } from "../flows/connect";
import { removeAfterAsking } from "../flows/remove";
import type { Dependencies } from "../ports";

/** Removes a container of this extension, running or not, after a confirmation. */
export async function remove(deps: Dependencies, called?: string): Promise<void> {
  const engine = await connect(deps);
  const container = await chooseContainer(deps, engine, called, "all");
  if (container) await removeAfterAsking(deps, engine, container);
}
