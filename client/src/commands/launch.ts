import { configurationChoice } from "../flows/configurations";
import { launchConfiguration } from "../flows/launch";
import type { Dependencies } from "../ports";
import { buttons } from "../texts/buttons";
import { notices } from "../texts/notices";
import { titles } from "../texts/titles";

/** Boots a launch configuration of the settings: the one that is named, the only one, or the one that is picked. */
export async function launch(deps: Dependencies, called?: string): Promise<void> {
  const { ui } = deps;
  const all = ui.launches();
  if (all.length === 0) {
    ui.tell("info", notices.noConfigurations(ui.t), {
      title: buttons.openSettings(ui.t),
      run: () => ui.openSettings("systemdContainers.launch"),
    });
    return;
  }
  const named = all.find(({ name }) => name === called);
  const picked = named ?? (await ui.pick(titles.selectConfiguration(ui.t), all.map(configurationChoice)));
  if (picked) await launchConfiguration(deps, picked);
}
