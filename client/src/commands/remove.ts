import { chooseContainer, connect } from "../flows/connect";
import { removeAfterAsking } from "../flows/remove";
import type { Dependencies } from "../ports";

/** Removes one of this extension's containers, running or not, after confirmation. */
export async function remove(deps: Dependencies, called?: string): Promise<void> {
  const engine = await connect(deps);
  const container = await chooseContainer(deps, engine, called, "all");
  if (container) await removeAfterAsking(deps, engine, container);
}
