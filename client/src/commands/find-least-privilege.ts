import { chooseService } from "../flows/choose";
import { chooseFile, isOnDisk } from "../flows/files";
import { searchLeast } from "../flows/least/search-least";
import { serviceImage } from "../names";
import type { Dependencies } from "../ports";
import { notices } from "../texts/notices";

/** Finds the smallest set of grants with which a Dockerfile or a Compose service boots, and offers to write it. */
export async function findLeastPrivilege(deps: Dependencies, called?: string, named?: string): Promise<void> {
  const { ui, server } = deps;
  const uri = await chooseFile(ui, ["dockerfile", "compose"], called);
  if (uri === undefined || !(await isOnDisk(ui, uri))) return;
  if (ui.kind(uri) === "dockerfile" || named !== undefined) return searchLeast(deps, uri, named);
  const { stages } = await server.plan({ uri, reference: serviceImage(ui.path(uri)) });
  if (stages.length === 0) return ui.tell("warning", notices.noServices(ui.t, ui.label(uri)));
  const service = await chooseService(ui, stages);
  if (service) await searchLeast(deps, uri, service.name);
}
