import { convert } from "../flows/convert";
import { chooseFile } from "../flows/files";
import type { Dependencies } from "../ports";
import { notices } from "../texts/notices";

/** Makes the log of a container show what its services log. */
export async function forwardJournal(deps: Dependencies, called?: string): Promise<void> {
  const uri = await chooseFile(deps.ui, ["dockerfile"], called);
  if (uri !== undefined)
    await convert(deps, { uri, to: "forwardJournal" }, notices.journalForwarded(deps.ui.t));
}
