import { askForEngine } from "../flows/connect";
import { engineHost } from "../flows/engine-host";
import type { Dependencies } from "../ports";
import { buttons } from "../texts/buttons";
import { notices } from "../texts/notices";
import { sourceText } from "../texts/places";
import { progress } from "../texts/progress";

/**
 * Lists the engines that respond and, for each place where none does, the reason. Remembers the engine that the user
 * picks.
 */
export async function selectEngine(deps: Dependencies): Promise<void> {
  const { ui, server } = deps;
  const host = await engineHost(deps);
  const { namedBy, places } = await ui.progress(progress.lookingForEngines(ui.t), (_report, signal) =>
    deps.engine.find(signal, { host, everywhere: true }),
  );
  const named = places[0]?.engine;
  if (namedBy !== undefined && named) {
    await server.engineFacts(named.facts);
    ui.tell("info", notices.engineNamed(ui.t, named.name, named.url, sourceText(ui.t, namedBy)), {
      title: buttons.openSettings(ui.t),
      run: () => ui.openSettings("systemdContainers.engine.host"),
    });
    return;
  }
  const engine = await askForEngine(deps, places);
  if (!engine) return;
  await server.engineFacts(engine.facts);
  ui.tell("info", notices.engineSelected(ui.t, engine.name, engine.url));
}
