import type { Container, Dependencies, Engine } from "../ports";
import { plain, type Text } from "../text";
import { progress } from "../texts/progress";
import { rememberBlamed } from "./blamed";
import { tellOutcome } from "./outcome";
import { showGoing } from "./report";

/** Starts a container with what was changed in it, after stopping it cleanly where it runs, and reports how it booted. */
export async function bootAgain(
  deps: Dependencies,
  engine: Engine,
  container: Container,
  title: Text,
): Promise<void> {
  const { ui } = deps;
  const { name, uri } = container;
  const report = await ui.progress(title, async (say, signal) => {
    ui.busy({ icon: "sync~spin", text: plain(name), detail: title });
    try {
      if (container.running) {
        say(progress.stoppingFirst(ui.t));
        await engine.stop(container);
        signal.throwIfAborted();
      }
      await engine.startAgain(container);
      say(progress.waiting(ui.t));
      return await showGoing(deps, container, (hear) =>
        engine.boot(container, ui.bootTimeout(uri), { report: (line) => say(plain(line)), hear, signal }),
      );
    } finally {
      ui.busy();
    }
  });
  const booted = { container, report, uri };
  await tellOutcome(deps, engine, booted);
  rememberBlamed(deps, booted);
}
