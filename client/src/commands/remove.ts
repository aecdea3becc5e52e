import { chooseContainer, connect } from "../flows/connect";
import { removeAfterAsking } from "../flows/remove";
import type { Ports } from "../ports";

/** Removes a container of ours, running or not, after asking. */
export async function remove(ports: Ports, called?: string): Promise<void> {
  const engine = await connect(ports);
  const container = await chooseContainer(ports, engine, called, "all");
  if (container) await removeAfterAsking(ports, engine, container);
}
