import { buildDockerfile } from "../flows/build";
import { chooseDockerfile } from "../flows/files";
import type { Dependencies } from "../ports";

/** Builds the image of a Dockerfile with the tag of this extension. */
export async function buildImage(deps: Dependencies, called?: string): Promise<void> {
  const uri = await chooseDockerfile(deps.ui, called);
  if (uri !== undefined) await buildDockerfile(deps, uri);
}

/** The same, with every step run again: what it downloads is new. */
export async function rebuildImage(deps: Dependencies, called?: string): Promise<void> {
  const uri = await chooseDockerfile(deps.ui, called);
  if (uri !== undefined) await buildDockerfile(deps, uri, { noCache: true });
}
