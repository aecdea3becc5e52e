import { bootDockerfile } from "../flows/boot-dockerfile";
import { chooseConfiguration } from "../flows/configurations";
import { chooseDockerfile } from "../flows/files";
import type { Dependencies } from "../ports";

/**
 * Builds a Dockerfile, starts it with the least that its plan asks for, and waits until systemd has booted.
 * Where the settings have launch configurations for it, one of them is picked.
 */
export function buildAndBoot(deps: Dependencies, called?: string): Promise<void> {
  return choose(deps, called, {});
}

/** The same, with everything on the console that systemd has to say. */
export function bootWithDebugLog(deps: Dependencies, called?: string): Promise<void> {
  return choose(deps, called, { debug: true });
}

async function choose(
  deps: Dependencies,
  called: string | undefined,
  more: { debug?: boolean },
): Promise<void> {
  const uri = await chooseDockerfile(deps.ui, called);
  if (uri === undefined) return;
  const configuration = await chooseConfiguration(deps, uri);
  if (configuration) await bootDockerfile(deps, uri, { ...configuration, ...more });
}
