import { containerName, imageTag } from "../names";
import type { LaunchConfiguration, Ports } from "../ports";
import { bootPlanned, planOptions, refuses } from "./boot";
import { buildOf } from "./build-image";
import { chooseBuild } from "./build-options";
import { chooseConfiguration } from "./configurations";
import { connect } from "./connect";
import { chooseDockerfile } from "./files";
import { readLogin } from "./login";

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

/** Builds and boots a Dockerfile as a launch configuration says. */
export async function bootDockerfile(
  ports: Ports,
  uri: string,
  configuration: Partial<LaunchConfiguration>,
): Promise<void> {
  const { ui, server } = ports;
  const login = await readLogin(ports, configuration.user, uri);
  const engine = await connect(ports);
  const options = planOptions(ports, configuration, uri);
  const ask = (name?: string) =>
    server.plan({ uri, name, reference: imageTag(ui.path(uri), name), facts: engine.facts, options });
  const whole = await ask();
  const choice = await chooseBuild(ports, uri, whole, configuration);
  if (!choice) return;
  const plan = choice.stage === undefined ? whole : await ask(choice.stage);
  if (refuses(ports, engine, ui.label(uri), plan)) return;
  if (plan.boots === "no" && !(await wantsToBootAnyway(ports, uri))) return;
  await bootPlanned(ports, engine, {
    name: configuration.containerName ?? containerName(ui.path(uri), choice.stage),
    uri,
    plan,
    seconds: configuration.timeout ?? ui.bootTimeout(uri),
    build: buildOf(ui, uri, choice),
    login,
    debug: configuration.debug,
  });
}

async function wantsToBootAnyway({ ui }: Ports, uri: string): Promise<boolean> {
  return ui.confirm(
    ui.t("{0} does not start systemd.", ui.label(uri)),
    ui.t("Its entry point or command is another program. It can be built and started all the same."),
    ui.t("Boot Anyway"),
  );
}
