import { chooseContainer, connect } from "../flows/connect";
import { removeAfterAsking } from "../flows/remove";
import type { Dependencies } from "../ports";
import { buttons } from "../texts/buttons";
import { notices } from "../texts/notices";
import { progress } from "../texts/progress";

/** Stops a container with the signal from its plan, reports how it ended, and offers to remove it. */
export async function stop(deps: Dependencies, called?: string): Promise<void> {
  const { ui, clock } = deps;
  const engine = await connect(deps);
  const container = await chooseContainer(deps, engine, called);
  if (!container) return;
  const { name } = container;
  const started = clock.now();
  const { exitCode } = await ui.progress(progress.stopping(ui.t, name), () => engine.stop(container));
  const seconds = ((clock.now() - started) / 1000).toFixed(1);
  const stopped = { ...container, running: false };
  const remove = { title: buttons.remove(ui.t), run: () => removeAfterAsking(deps, engine, stopped) };
  if (exitCode === 137) {
    ui.tell("warning", notices.killed(ui.t, name, seconds), remove);
  } else {
    ui.tell("info", notices.stopped(ui.t, name, seconds, exitCode), remove);
  }
}
