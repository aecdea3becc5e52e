import { bootAgain } from "../flows/boot-again";
import { chooseContainer, connect } from "../flows/connect";
import type { Dependencies } from "../ports";
import { progress } from "../texts/progress";

/** Stops a container cleanly, starts it again with its changes preserved, and reports how it booted. */
export async function restart(deps: Dependencies, called?: string): Promise<void> {
  const engine = await connect(deps);
  const container = await chooseContainer(deps, engine, called, "all");
  if (container) await bootAgain(deps, engine, container, progress.restarting(deps.ui.t, container.name));
}
