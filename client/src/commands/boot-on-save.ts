import { bootDockerfile } from "../flows/boot-dockerfile";
import { type Saved, startBootOnSave } from "../flows/boot-on-save";
import { chooseService } from "../flows/choose";
import { composeAgain } from "../flows/compose";
import { chooseConfiguration } from "../flows/configurations";
import { chooseFile, isOnDisk } from "../flows/files";
import { serviceImage } from "../names";
import type { Dependencies } from "../ports";
import { notices } from "../texts/notices";

/**
 * Turns boot on save on or off for a Dockerfile or for a service of a Compose file. While it is on, the file is
 * booted whenever it or a file that it depends on is saved. It can be on for only one file; turning it on for another
 * file turns it off for the first.
 */
export async function toggleBootOnSave(deps: Dependencies, called?: string): Promise<void> {
  const { ui, memory } = deps;
  const uri = await chooseFile(ui, ["dockerfile", "compose"], called);
  if (uri === undefined) return;
  const before = memory.bootOnSave;
  if (before?.uri === uri) {
    before.end();
    return ui.tell("info", notices.bootOnSaveEnded(ui.t, ui.label(uri)));
  }
  if (!(await isOnDisk(ui, uri))) return;
  const saved = ui.kind(uri) === "compose" ? await bootOfService(deps, uri) : await bootOfImage(deps, uri);
  if (!saved) return;
  before?.end();
  startBootOnSave(deps, saved);
  ui.tell("info", notices.bootOnSave(ui.t, ui.label(uri)));
}

/** Boots the file with one of its launch configurations or with none. The user picks once, not on each save. */
async function bootOfImage(deps: Dependencies, uri: string): Promise<Saved | undefined> {
  const configuration = await chooseConfiguration(deps, uri);
  return configuration && { uri, boot: () => bootDockerfile(deps, uri, configuration, true) };
}

async function bootOfService(deps: Dependencies, uri: string): Promise<Saved | undefined> {
  const { ui, server } = deps;
  const { stages } = await server.plan({ uri, reference: serviceImage(ui.path(uri)) });
  const service = await chooseService(ui, stages);
  return service && { uri, service: service.name, boot: () => composeAgain(deps, uri, service.name) };
}
