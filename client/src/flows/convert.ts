import type { ConvertParams } from "../../../server/src/protocol";
import type { Dependencies } from "../ports";
import { plain, type Text, text } from "../text";
import { notices } from "../texts/notices";
import { chooseFile } from "./files";

/** Applies the edits of a whole-file action. They are not saved, so that the user can review them first. */
export async function convert({ ui, server }: Dependencies, asked: ConvertParams, done: Text): Promise<void> {
  const { refused, doubt, ...edits } = await server.convert(asked);
  if (refused !== undefined) return ui.tell("warning", plain(refused));
  if (!(await ui.change(edits))) return ui.tell("error", notices.notChanged(ui.t, ui.label(asked.uri)));
  ui.tell("info", doubt === undefined ? done : text`${done} ${plain(doubt)}`);
}

/** Applies the edits of a whole-file action to a Dockerfile: the given one, or the one that the user picks. */
export async function convertDockerfile(
  deps: Dependencies,
  called: string | undefined,
  to: "addComposeService" | "bootSystemd" | "forwardJournal",
  done: Text,
): Promise<void> {
  const uri = await chooseFile(deps.ui, ["dockerfile"], called);
  if (uri !== undefined) await convert(deps, { uri, to }, done);
}
