import { chooseFile } from "../flows/files";
import type { Dependencies } from "../ports";
import { plain } from "../text";
import { titles } from "../texts/titles";

/** Makes a Dockerfile's image boot systemd. The edits are shown for review before they are made. */
export async function makeImageBoot({ ui, server }: Dependencies, called?: string): Promise<void> {
  const uri = await chooseFile(ui, ["dockerfile"], called);
  if (uri === undefined) return;
  const { refused, edits, created, doubt } = await server.bootSystemd({ uri });
  if (refused !== undefined) return ui.tell("warning", plain(refused));
  const isDone = await ui.review(titles.bootSystemd(ui.t), uri, edits, created);
  if (isDone && doubt !== undefined) ui.tell("info", plain(doubt));
}
