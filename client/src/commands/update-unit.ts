import { isOnDisk } from "../flows/files";
import { type Chosen, chooseUnit, tellUnit } from "../flows/units";
import type { Dependencies, Unit } from "../ports";
import { plain } from "../text";
import { faultWords } from "../texts/faults";
import { unitTexts } from "../texts/units";

/**
 * Replaces a unit file in a container with the file of the same name from the workspace, reloads systemd and restarts
 * the unit. `called` is either the id of a container, with `named` as the unit, or the URI of a unit file.
 */
export async function updateUnit(deps: Dependencies, called?: string, named?: string): Promise<void> {
  const { ui } = deps;
  const isFile = called?.includes("/");
  const file = isFile ? called : called === undefined ? ui.activeUnitFile() : undefined;
  const chosen = file === undefined ? await chooseUnit(deps, called, named) : await unitOfFile(deps, file);
  if (!chosen) return;
  const path = await pathOf(deps, chosen);
  const from = path === undefined ? undefined : (file ?? (await fileOf(deps, nameOf(path))));
  if (path === undefined || from === undefined || !(await isOnDisk(ui, from))) return;
  const content = await ui.readText(ui.path(from));
  if (content === undefined) return ui.tell("error", unitTexts.unreadable(ui.t, ui.label(from)));
  const { engine, container, unit } = chosen;
  const outcome = await ui.progress(unitTexts.updating(ui.t, unit), (_report, signal) =>
    engine.updateUnit(container, { unit, path, text: content }, signal),
  );
  tellUnit(deps, chosen, outcome, unitTexts.copied(ui.t, ui.label(from), path, container.name));
  ui.changeText(`${container.name}/${unit}`, (await engine.unitFile(container, unit)).text);
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** The unit that a file belongs to. If the file is a template, the user picks an instance. */
function unitOfFile(deps: Dependencies, uri: string): Promise<Chosen | undefined> {
  const name = nameOf(deps.ui.path(uri).replaceAll("\\", "/"));
  const [, prefix, suffix = ""] = /^([^@]+@)(\.\w+)$/.exec(name) ?? [];
  if (prefix === undefined) return chooseUnit(deps, undefined, name);
  const isInstance = (unit: Unit) => unit.name.startsWith(prefix) && unit.name.endsWith(suffix);
  return chooseUnit(deps, undefined, undefined, isInstance);
}

/** The path of a unit's main file in the container, or undefined if that file cannot be replaced. */
async function pathOf(
  { ui }: Dependencies,
  { engine, container, unit }: Chosen,
): Promise<string | undefined> {
  const { path } = await engine.unitFile(container, unit);
  if (path?.startsWith("/run/systemd/generator")) {
    ui.tell("warning", unitTexts.generated(ui.t, path));
    return undefined;
  }
  if (path === undefined)
    ui.tell("warning", plain(faultWords(ui.t, { code: "unit-file-missing", unit }).message));
  return path;
}

/** The workspace file with this name. If there are several, the user picks one. */
async function fileOf({ ui }: Dependencies, name: string): Promise<string | undefined> {
  const files = await ui.findNamed(name);
  if (files.length === 0) ui.tell("warning", unitTexts.noSuchFile(ui.t, name));
  if (files.length < 2) return files[0];
  const choices = files.map((uri) => ({ label: plain(ui.label(uri)), value: uri }));
  return ui.pick(unitTexts.selectFile(ui.t), choices);
}
