import { chooseContainer, connect, running } from "../flows/connect";
import { removeAfterAsking } from "../flows/remove";
import type { Dependencies } from "../ports";

/** Stops a container with the signal that its plan named, and reports how it ended. It can be removed then. */
export async function stop(deps: Dependencies, called?: string): Promise<void> {
  const { ui, clock } = deps;
  const engine = await connect(deps);
  const container = await chooseContainer(deps, engine, called);
  if (!container) return;
  const { name } = container;
  const started = clock.now();
  const { exitCode } = await ui.progress(ui.t("Stopping {0}", name), () => engine.stop(container));
  const seconds = ((clock.now() - started) / 1000).toFixed(1);
  await running(deps, engine);
  const stopped = { ...container, running: false };
  const remove = { title: ui.t("Remove"), run: () => removeAfterAsking(deps, engine, stopped) };
  if (exitCode === 137) {
    ui.tell("warning", ui.t("{0} did not stop and was killed after {1} s.", name, seconds), remove);
  } else {
    ui.tell("info", ui.t("{0} stopped in {1} s with exit code {2}.", name, seconds, exitCode), remove);
  }
}
