import { bootAgain } from "../flows/boot-again";
import { chooseContainer, connect } from "../flows/connect";
import type { Dependencies } from "../ports";
import { progress } from "../texts/progress";

/** Starts a stopped container, keeping the changes made in it, and reports how it booted. */
export async function start(deps: Dependencies, called?: string): Promise<void> {
  const engine = await connect(deps);
  const container = await chooseContainer(deps, engine, called, "stopped");
  if (container) await bootAgain(deps, engine, container, progress.startingNamed(deps.ui.t, container.name));
}
