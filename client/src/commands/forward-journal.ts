import { convertDockerfile } from "../flows/convert";
import type { Dependencies } from "../ports";
import { notices } from "../texts/notices";

/** Makes the container's log include what its services log. */
export async function forwardJournal(deps: Dependencies, called?: string): Promise<void> {
  await convertDockerfile(deps, called, "forwardJournal", notices.journalForwarded(deps.ui.t));
}
