import { chooseContainer, connect } from "../flows/connect";
import type { Dependencies } from "../ports";
import { announced } from "../texts/console";
import { titles } from "../texts/titles";

/** Attaches to the terminal of a container, which shows systemd's messages and the login prompt. */
export async function openLoginConsole(deps: Dependencies, called?: string): Promise<void> {
  const { ui } = deps;
  const engine = await connect(deps);
  const container = await chooseContainer(deps, engine, called);
  if (!container) return;
  ui.terminal(titles.console(ui.t, container.name), async (size) =>
    announced(ui.t, await engine.console(container, size)),
  );
}
