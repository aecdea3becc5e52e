import { chooseContainer, connect } from "../flows/connect";
import type { Dependencies } from "../ports";
import { announced } from "../texts/console";

/** Attaches to the terminal of a container, where systemd writes and asks for a login. */
export async function openLoginConsole(deps: Dependencies, called?: string): Promise<void> {
  const { ui } = deps;
  const engine = await connect(deps);
  const container = await chooseContainer(deps, engine, called);
  if (!container) return;
  ui.terminal(ui.t("{0} console", container.name), async (size) =>
    announced(ui.t, await engine.console(container, size)),
  );
}
