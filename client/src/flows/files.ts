import type { FileKind, Ui } from "../ports";
import { plain } from "../text";
import { buttons } from "../texts/buttons";
import { notices } from "../texts/notices";
import { titles } from "../texts/titles";

/**
 * The file that a command works on: the one it was called on, the active one, the only open one, the only one in the
 * workspace, or one that the user picks.
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
  if (fits(called)) return called;
  if (fits(active)) return active;
  // The active editor may be a report or a terminal.
  const [open, ...others] = ui.openFiles().filter(fits);
  if (open !== undefined && others.length === 0) return open;
  return pickFile(ui, kinds, fits);
}

/** The Dockerfile to build. Its changes are saved, because an engine reads it from disk. */
export async function chooseDockerfile(ui: Ui, called?: string): Promise<string | undefined> {
  const uri = await chooseFile(ui, ["dockerfile"], called);
  return uri !== undefined && (await isOnDisk(ui, uri)) ? uri : undefined;
}

/** Saves a file for programs that read it from disk. If it cannot be saved to disk, shows a message. */
export async function isOnDisk(ui: Ui, uri: string, kind: "warning" | "error" = "warning"): Promise<boolean> {
  if (await ui.save(uri)) return true;
  ui.tell(kind, notices.notOnDisk(ui.t, ui.label(uri)), {
    title: buttons.saveAs(ui.t),
    run: () => ui.saveAs(uri),
  });
  return false;
}

async function pickFile(
  ui: Ui,
  kinds: readonly FileKind[],
  fits: (uri: string) => boolean,
): Promise<string | undefined> {
  const found = (await ui.findFiles()).filter(fits);
  if (found.length === 0) {
    tellNone(ui, kinds);
    return undefined;
  }
  if (found.length === 1) return found[0];
  const choices = found.map((uri) => ({ label: plain(ui.label(uri)), value: uri }));
  return ui.pick(titles.selectFile(ui.t), choices);
}

/** Shows that there is no suitable file, and offers to create one. */
function tellNone(ui: Ui, kinds: readonly FileKind[]): void {
  if (!kinds.includes("dockerfile")) {
    ui.tell("warning", notices.noComposeFile(ui.t));
    return;
  }
  ui.tell(
    "warning",
    notices.noDockerfile(ui.t),
    { title: buttons.newDockerfile(ui.t), run: () => newDockerfile(ui) },
    { title: buttons.openExample(ui.t), run: async () => void (await ui.openExample()) },
  );
}

/** Opens a new Dockerfile whose image boots systemd. */
export function newDockerfile(ui: Ui): Promise<void> {
  return ui.newFile("dockerfile", "Debian with systemd");
}
