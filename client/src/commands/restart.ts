import { chooseContainer, connect, running } from "../flows/connect";
import { tellOutcome } from "../flows/outcome";
import type { Dependencies } from "../ports";
import { plain } from "../text";
import { progress } from "../texts/progress";

/** Stops a container cleanly, starts it again with what was changed in it, and reports how it booted. */
export async function restart(deps: Dependencies, called?: string): Promise<void> {
  const { ui } = deps;
  const engine = await connect(deps);
  const container = await chooseContainer(deps, engine, called, "all");
  if (!container) return;
  const { name, uri } = container;
  const report = await ui.progress(progress.restarting(ui.t, name), async (say, signal) => {
    ui.status({ icon: "sync~spin", text: plain(name), detail: progress.restarting(ui.t, name) });
    try {
      if (container.running) {
        say(progress.stoppingFirst(ui.t));
        await engine.stop(container);
        signal.throwIfAborted();
      }
      await engine.startAgain(container);
      say(progress.waiting(ui.t));
      return await engine.boot(container, ui.bootTimeout(uri), {
        report: (line) => say(plain(line)),
        signal,
      });
    } finally {
      await running(deps, engine).catch(() => ui.status());
    }
  });
  await tellOutcome(deps, engine, { container, report, uri });
}
