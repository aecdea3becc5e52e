import { chooseContainer, connect } from "../flows/connect";
import type { Ports } from "../ports";

/** Attaches to the terminal of a container, where systemd writes and asks for a login. */
export async function openLoginConsole(ports: Ports, called?: string): Promise<void> {
  const { ui } = ports;
  const engine = await connect(ports);
  const container = await chooseContainer(ports, engine, called);
  if (container) ui.terminal(ui.t("{0} console", container.name), (size) => engine.console(container, size));
}
