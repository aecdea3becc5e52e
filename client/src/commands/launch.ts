import { configurationChoice } from "../flows/configurations";
import { launchConfiguration } from "../flows/launch";
import type { Dependencies } from "../ports";

/** Boots a launch configuration of the settings: the one that is named, the only one, or the one that is picked. */
export async function launch(deps: Dependencies, called?: string): Promise<void> {
  const { ui } = deps;
  const all = ui.launches();
  if (all.length === 0) {
    ui.tell("info", ui.t("The settings contain no launch configurations."), {
      title: ui.t("Open Settings"),
      run: () => ui.openSettings("systemdContainers.launch"),
    });
    return;
  }
  const named = all.find(({ name }) => name === called);
  const picked =
    named ?? (await ui.pick(ui.t("Select a launch configuration"), all.map(configurationChoice)));
  if (picked) await launchConfiguration(deps, picked);
}
