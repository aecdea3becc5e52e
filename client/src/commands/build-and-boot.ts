import { bootDockerfile } from "../flows/boot-dockerfile";
import { chooseConfiguration } from "../flows/configurations";
import { chooseDockerfile } from "../flows/files";
import type { Dependencies } from "../ports";

/**
 * Builds a Dockerfile, starts it with only the options that its plan requires, and waits until systemd has booted. If
 * the settings have launch configurations for the file, the user picks one.
 */
export function buildAndBoot(deps: Dependencies, called?: string): Promise<void> {
  return choose(deps, called, {});
}

/** Like `buildAndBoot`, but systemd writes its debug messages to the console. */
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
