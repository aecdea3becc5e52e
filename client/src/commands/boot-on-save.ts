import { startBootOnSave } from "../flows/boot-on-save";
import { chooseConfiguration } from "../flows/configurations";
import { chooseDockerfile } from "../flows/files";
import type { Dependencies } from "../ports";
import { notices } from "../texts/notices";

/** Boots a Dockerfile each time it is saved, or no longer. One file at a time: another takes the place of the first. */
export async function toggleBootOnSave(deps: Dependencies, called?: string): Promise<void> {
  const { ui, memory } = deps;
  const uri = await chooseDockerfile(ui, called);
  if (uri === undefined) return;
  const before = memory.bootOnSave;
  if (before?.uri === uri) {
    before.end();
    return ui.tell("info", notices.bootOnSaveEnded(ui.t, ui.label(uri)));
  }
  const configuration = await chooseConfiguration(deps, uri);
  if (!configuration) return;
  before?.end();
  startBootOnSave(deps, uri, configuration);
  ui.tell("info", notices.bootOnSave(ui.t, ui.label(uri)));
}
