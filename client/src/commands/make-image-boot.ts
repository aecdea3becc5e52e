import { convertDockerfile } from "../flows/convert";
import type { Dependencies } from "../ports";
import { notices } from "../texts/notices";

/** Edits a Dockerfile so that its image boots systemd. */
export async function makeImageBoot(deps: Dependencies, called?: string): Promise<void> {
  await convertDockerfile(deps, called, "bootSystemd", notices.bootsSystemd(deps.ui.t));
}
