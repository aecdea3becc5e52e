import type { Ports } from "../ports";
import { chooseContainer, connect } from "./connect";

/** Opens a terminal inside a running container. */
export async function openShell(ports: Ports, called?: string): Promise<void> {
  const engine = await connect(ports);
  const container = await chooseContainer(ports, engine, called);
  if (container) ports.ui.terminal(container.name, (size) => engine.shell(container, size));
}
