import { buildDockerfile } from "../flows/build";
import { chooseDockerfile } from "../flows/files";
import type { Ports } from "../ports";

/** Builds the image of a Dockerfile under our tag. */
export async function buildImage(ports: Ports, called?: string): Promise<void> {
  const uri = await chooseDockerfile(ports.ui, called);
  if (uri !== undefined) await buildDockerfile(ports, uri);
}
