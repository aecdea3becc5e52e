import { convert } from "../flows/convert";
import { chooseFile } from "../flows/files";
import type { Dependencies } from "../ports";
import { notices } from "../texts/notices";

/** Makes a Dockerfile's image boot systemd. */
export async function makeImageBoot(deps: Dependencies, called?: string): Promise<void> {
  const uri = await chooseFile(deps.ui, ["dockerfile"], called);
  if (uri !== undefined) await convert(deps, { uri, to: "bootSystemd" }, notices.bootsSystemd(deps.ui.t));
}
