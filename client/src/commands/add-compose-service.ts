import { convertDockerfile } from "../flows/convert";
import type { Dependencies } from "../ports";
import { notices } from "../texts/notices";

/** Adds a service that builds and starts a Dockerfile to the Compose file next to it, or to a new one. */
export async function addComposeService(deps: Dependencies, called?: string): Promise<void> {
  await convertDockerfile(deps, called, "addComposeService", notices.serviceAdded(deps.ui.t));
}
