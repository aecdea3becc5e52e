import type { FileKind, Ui } from "../ports";

/**
 * The file a command works on: the one it was called on, else the one in focus, else the only one of the
 * workspace or the one that is picked. Its changes are saved, since an engine reads the disk.
 */
export async function chooseFile(
  ui: Ui,
  kinds: readonly FileKind[],
  called?: string,
): Promise<string | undefined> {
  const fits = (uri: string | undefined): uri is string => {
    const kind = uri === undefined ? undefined : ui.kind(uri);
    return kind !== undefined && kinds.includes(kind);
  };
  const active = ui.activeFile();
  const uri = fits(called) ? called : fits(active) ? active : await pickFile(ui, fits);
  if (uri === undefined) return undefined;
  if (await ui.save(uri)) return uri;
  ui.tell("warning", ui.t("{0} has to be saved to a folder on disk first.", ui.label(uri)));
  return undefined;
}

async function pickFile(ui: Ui, fits: (uri: string) => boolean): Promise<string | undefined> {
  const found = (await ui.findFiles()).filter(fits);
  if (found.length === 0) {
    ui.tell("warning", ui.t("There is no Dockerfile in this workspace."));
    return undefined;
  }
  if (found.length === 1) return found[0];
  const choices = found.map((uri) => ({ label: ui.label(uri), value: uri }));
  return ui.pick(ui.t("Which file?"), choices);
}
