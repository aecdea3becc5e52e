import { chooseService } from "../flows/choose";
import { chooseFile, isOnDisk } from "../flows/files";
import { verifyFile } from "../flows/verify/verify-units";
import { serviceImage } from "../names";
import type { Dependencies } from "../ports";
import { plain } from "../text";
import { notices } from "../texts/notices";
import { titles } from "../texts/titles";
import { verifyTexts } from "../texts/verify";

/**
 * Has the systemd of an image verify the units that a Dockerfile or a Compose service adds to it. `called` is one of
 * these files or a unit file, which is then verified with the others in its image. `named` is a service.
 */
export async function verifyUnits(deps: Dependencies, called?: string, named?: string): Promise<void> {
  const { ui, server } = deps;
  const isUnit = called !== undefined && ui.kind(called) === undefined;
  const unit = isUnit ? called : called === undefined ? ui.activeUnitFile() : undefined;
  if (unit !== undefined && !(await isOnDisk(ui, unit))) return;
  const kinds = ["dockerfile", "compose"] as const;
  const uri = unit === undefined ? await chooseFile(ui, kinds, called) : await fileWith(deps, unit);
  if (uri === undefined || !(await isOnDisk(ui, uri))) return;
  if (ui.kind(uri) === "dockerfile" || named !== undefined) return verifyFile(deps, uri, named);
  const { stages } = await server.plan({ uri, reference: serviceImage(ui.path(uri)) });
  if (stages.length === 0) return ui.tell("warning", notices.noServices(ui.t, ui.label(uri)));
  const services =
    unit === undefined ? stages : await madeFrom(deps, unit, stages, (name) => ({ uri, name }));
  const service = await chooseService(ui, services);
  if (service) await verifyFile(deps, uri, service.name);
}

/**
 * The file of the workspace that adds a unit: a Dockerfile or, if there is none, a Compose file that mounts it. The
 * user picks one if there are several.
 */
async function fileWith(deps: Dependencies, unit: string): Promise<string | undefined> {
  const { ui } = deps;
  const all = await ui.findFiles();
  const ofKind = (kind: string) => all.filter((uri) => ui.kind(uri) === kind);
  const dockerfiles = await madeFrom(deps, unit, ofKind("dockerfile"), (uri) => ({ uri }));
  const files =
    dockerfiles.length > 0 ? dockerfiles : await madeFrom(deps, unit, ofKind("compose"), (uri) => ({ uri }));
  if (files.length === 0) ui.tell("warning", verifyTexts.notAdded(ui.t, ui.label(unit)));
  if (files.length < 2) return files[0];
  const choices = files.map((uri) => ({ label: plain(ui.label(uri)), value: uri }));
  return ui.pick(titles.selectFile(ui.t), choices);
}

/** Those files or services whose image or container depends on a unit file. */
async function madeFrom(
  { server }: Pick<Dependencies, "server">,
  other: string,
  all: readonly string[],
  asked: (each: string) => { readonly uri: string; readonly name?: string },
): Promise<string[]> {
  const found: string[] = [];
  for (const each of all) if (await server.madeFrom({ ...asked(each), other })) found.push(each);
  return found;
}
