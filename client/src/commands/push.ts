import { chooseContainer, connect } from "../flows/connect";
import { pushImage } from "../flows/push";
import type { Dependencies } from "../ports";

/** Pushes the image that a container was created from to a registry, without the changes made in the container. */
export async function push(deps: Dependencies, called?: string): Promise<void> {
  const engine = await connect(deps);
  const container = await chooseContainer(deps, engine, called, "all");
  if (container) await pushImage(deps, engine, await engine.imageOf(container));
}
