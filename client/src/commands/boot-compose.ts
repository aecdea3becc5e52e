import { chooseService } from "../flows/choose";
import { composeUp } from "../flows/compose";
import { chooseFile } from "../flows/files";
import { serviceImage } from "../names";
import type { Dependencies } from "../ports";
import { notices } from "../texts/notices";

/** Starts one service of a Compose file in a terminal. If no service is named, the user picks one. */
export async function bootComposeService(deps: Dependencies, called?: string, named?: string): Promise<void> {
  const { ui, server } = deps;
  const uri = await chooseFile(ui, ["compose"], called);
  if (uri === undefined) return;
  if (named !== undefined) return composeUp(deps, uri, named);
  const { stages } = await server.plan({ uri, reference: serviceImage(ui.path(uri)) });
  if (stages.length === 0) return ui.tell("warning", notices.noServices(ui.t, ui.label(uri)));
  const service = await chooseService(ui, stages);
  if (service) await composeUp(deps, uri, service.name);
}

/** Starts all services of a Compose file in a terminal. */
export async function bootComposeProject(deps: Dependencies, called?: string): Promise<void> {
  const uri = await chooseFile(deps.ui, ["compose"], called);
  if (uri !== undefined) await composeUp(deps, uri);
}
