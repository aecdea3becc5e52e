import { chooseFile } from "../flows/files";
import type { Dependencies } from "../ports";
import { plain, text } from "../text";
import { notices } from "../texts/notices";

/** Makes a Dockerfile's image boot systemd. The edits are not saved, so that they are read first. */
export async function makeImageBoot({ ui, server }: Dependencies, called?: string): Promise<void> {
  const uri = await chooseFile(ui, ["dockerfile"], called);
  if (uri === undefined) return;
  const { refused, edits, created, doubt } = await server.bootSystemd({ uri });
  if (refused !== undefined) return ui.tell("warning", plain(refused));
  if (!(await ui.change(uri, edits, created)))
    return ui.tell("error", notices.notChanged(ui.t, ui.label(uri)));
  const done = notices.bootsSystemd(ui.t);
  ui.tell("info", doubt === undefined ? done : text`${done} ${plain(doubt)}`);
}
