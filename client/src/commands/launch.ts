import { configurationChoice } from "../flows/configurations";
import { launchConfiguration } from "../flows/launch";
import { baseName } from "../names";
import type { Dependencies, LaunchConfiguration, Ui } from "../ports";
import { buttons } from "../texts/buttons";
import { notices } from "../texts/notices";
import { titles } from "../texts/titles";

/** Boots a launch configuration from the settings: the given one, or one that the user picks. */
export async function launch(deps: Dependencies, called?: string): Promise<void> {
  const { ui } = deps;
  const all = ui.launches();
  if (all.length === 0) {
    ui.tell("info", notices.noConfigurations(ui.t), {
      title: buttons.addConfiguration(ui.t),
      run: () => addConfiguration(ui),
    });
    return;
  }
  const named = all.find(({ name }) => name === called);
  const picked = named ?? (await ui.pick(titles.selectConfiguration(ui.t), all.map(configurationChoice)));
  if (picked) await launchConfiguration(deps, picked);
}

/**
 * Adds a launch configuration to the settings for the user to edit. It is for the active file, or else the first open
 * file, or else the first file of the workspace.
 */
async function addConfiguration(ui: Ui): Promise<void> {
  const isKnown = (uri: string | undefined) => uri !== undefined && ui.kind(uri) !== undefined;
  const uri = [ui.activeFile(), ...ui.openFiles(), ...(await ui.findFiles())].find(isKnown);
  await ui.addLaunch(uri === undefined ? { name: "web", dockerfile: "Dockerfile" } : template(ui, uri));
}

function template(ui: Ui, uri: string): LaunchConfiguration {
  const path = ui.path(uri);
  const short = ui.label(uri);
  const file = ui.resolve(short) === path ? short : path;
  if (ui.kind(uri) === "compose") return { name: short, compose: file };
  return { name: baseName(path), dockerfile: file, ports: ["exposed"] };
}
