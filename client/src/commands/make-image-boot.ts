import { convertDockerfile } from "../flows/convert";
import type { Dependencies } from "../ports";
import { notices } from "../texts/notices";

/** Makes a Dockerfile's image boot systemd. */
export async function makeImageBoot(deps: Dependencies, called?: string): Promise<void> {
  await convertDockerfile(deps, called, "bootSystemd", notices.bootsSystemd(deps.ui.t));
}
