import type { Choice, LaunchConfiguration, Ports } from "../ports";
import { composeUp } from "./boot-compose";
import { bootImage } from "./boot-image";
import { bootDockerfile } from "./build-and-boot";

/** Boots a launch configuration of the settings: the one that is named, the only one, or the one that is picked. */
export async function launch(ports: Ports, called?: string): Promise<void> {
  const { ui } = ports;
  const all = ui.launches();
  if (all.length === 0) {
    ui.tell("info", ui.t("The settings have no launch configurations yet."), {
      title: ui.t("Open Settings"),
      run: () => ui.openSettings("systemdContainers.launch"),
    });
    return;
  }
  const named = all.find(({ name }) => name === called);
  const picked = named ?? (await ui.pick(ui.t("Which launch configuration?"), all.map(choiceOf)));
  if (picked) await launchConfiguration(ports, picked);
}

/** Boots what a launch configuration names. */
export async function launchConfiguration(ports: Ports, configuration: LaunchConfiguration): Promise<void> {
  const { ui } = ports;
  const { name, dockerfile, image, compose, service } = configuration;
  if (dockerfile !== undefined) {
    const uri = ui.uri(ui.resolve(dockerfile));
    if (await ui.save(uri)) return bootDockerfile(ports, uri, configuration);
  } else if (image !== undefined) return bootImage(ports, image, configuration);
  else if (compose !== undefined) return composeUp(ports, ui.uri(ui.resolve(compose)), service);
  ui.tell("error", ui.t("{0} names neither a Dockerfile, nor an image, nor a compose file.", name), {
    title: ui.t("Open Settings"),
    run: () => ui.openSettings("systemdContainers.launch"),
  });
}

/**
 * How a Dockerfile is booted: by one of the configurations that name it, or by none of them. Nothing is asked
 * where none does; undefined when the question is dismissed.
 */
export async function chooseConfiguration(
  { ui }: Ports,
  uri: string,
): Promise<Partial<LaunchConfiguration> | undefined> {
  const own = ui.launches().filter(({ dockerfile }) => dockerfile && ui.resolve(dockerfile) === ui.path(uri));
  if (own.length === 0) return {};
  return ui.pick<Partial<LaunchConfiguration>>(ui.t("Which launch configuration?"), [
    ...own.map(choiceOf),
    { label: ui.t("Without a configuration"), value: {} },
  ]);
}

function choiceOf(configuration: LaunchConfiguration): Choice<LaunchConfiguration> {
  const { name, dockerfile, image, compose, service, stage } = configuration;
  const description = [dockerfile ?? image ?? compose, service ?? stage].filter(Boolean).join(" · ");
  return { label: name, description, value: configuration };
}
