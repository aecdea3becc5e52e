import { convert } from "../flows/convert";
import { chooseFile } from "../flows/files";
import type { Dependencies } from "../ports";
import { notices } from "../texts/notices";

/** Adds a service that builds and starts a Dockerfile to the compose file beside it, or to a new one. */
export async function addComposeService(deps: Dependencies, called?: string): Promise<void> {
  const uri = await chooseFile(deps.ui, ["dockerfile"], called);
  if (uri !== undefined)
    await convert(deps, { uri, to: "addComposeService" }, notices.serviceAdded(deps.ui.t));
}
