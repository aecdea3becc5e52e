import { askForEngine, running } from "../flows/connect";
import { engineHost } from "../flows/engine-host";
import type { Dependencies } from "../ports";
import { sourceText } from "../texts/places";

/** Lists the engines that answer, and the places where none does with the reason, and remembers the one picked. */
export async function selectEngine(deps: Dependencies): Promise<void> {
  const { ui, server } = deps;
  const host = await engineHost(deps);
  const { namedBy, places } = await ui.progress(ui.t("Looking for container engines"), (_report, signal) =>
    deps.engine.find(signal, { host, everywhere: true }),
  );
  const named = places[0]?.engine;
  if (namedBy !== undefined && named) {
    await server.engineFacts(named.facts);
    ui.tell(
      "info",
      ui.t("Using {0} at {1}, as set by {2}.", named.name, named.url, sourceText(ui.t, namedBy)),
      {
        title: ui.t("Open Settings"),
        run: () => ui.openSettings("systemdContainers.engine.host"),
      },
    );
    return;
  }
  const engine = await askForEngine(deps, places);
  if (!engine) return;
  await server.engineFacts(engine.facts);
  await running(deps, engine);
  ui.tell("info", ui.t("This workspace now uses {0} at {1}.", engine.name, engine.url));
}
