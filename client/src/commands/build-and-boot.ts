import { bootDockerfile } from "../flows/boot-dockerfile";
import { chooseConfiguration } from "../flows/configurations";
import { chooseDockerfile } from "../flows/files";
import type { Ports } from "../ports";

/**
 * Builds a Dockerfile, starts it with the least that its plan asks for, and waits until systemd has booted.
 * Where the settings have launch configurations for it, one of them is picked.
 */
export function buildAndBoot(ports: Ports, called?: string): Promise<void> {
  return choose(ports, called, {});
}

/** The same, with everything on the console that systemd has to say. */
export function bootWithDebugLog(ports: Ports, called?: string): Promise<void> {
  return choose(ports, called, { debug: true });
}

async function choose(ports: Ports, called: string | undefined, more: { debug?: boolean }): Promise<void> {
  const uri = await chooseDockerfile(ports.ui, called);
  if (uri === undefined) return;
  const configuration = await chooseConfiguration(ports, uri);
  if (configuration) await bootDockerfile(ports, uri, { ...configuration, ...more });
}
