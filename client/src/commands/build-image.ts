import { buildDockerfile } from "../flows/build";
import { chooseDockerfile } from "../flows/files";
import type { Dependencies } from "../ports";

/** Builds the image of a Dockerfile and gives it the tag that this extension uses. */
export async function buildImage(deps: Dependencies, called?: string): Promise<void> {
  const uri = await chooseDockerfile(deps.ui, called);
  if (uri !== undefined) await buildDockerfile(deps, uri);
}

/** Like `buildImage`, but without the cache: every step runs and downloads its files again. */
export async function rebuildImage(deps: Dependencies, called?: string): Promise<void> {
  const uri = await chooseDockerfile(deps.ui, called);
  if (uri !== undefined) await buildDockerfile(deps, uri, { noCache: true });
}
