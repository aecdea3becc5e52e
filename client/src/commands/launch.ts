import type { LaunchConfiguration, Ports } from "../ports";
import { composeUp } from "./boot-compose";
import { bootImage } from "./boot-image";
import { bootDockerfile } from "./build-and-boot";
import { configurationChoice } from "./configurations";
import { isOnDisk } from "./files";

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
  const picked = named ?? (await ui.pick(ui.t("Which launch configuration?"), all.map(configurationChoice)));
  if (picked) await launchConfiguration(ports, picked);
}

/** Boots what a launch configuration names. */
export async function launchConfiguration(ports: Ports, configuration: LaunchConfiguration): Promise<void> {
  const { ui } = ports;
  const { name, dockerfile, image, compose, service } = configuration;
  if (dockerfile !== undefined) {
    const uri = ui.uri(ui.resolve(dockerfile));
    if (await isOnDisk(ui, uri)) await bootDockerfile(ports, uri, configuration);
    return;
  }
  if (image !== undefined) return bootImage(ports, image, configuration);
  if (compose !== undefined) return composeUp(ports, ui.uri(ui.resolve(compose)), service);
  ui.tell("error", ui.t("{0} names neither a Dockerfile, nor an image, nor a compose file.", name), {
    title: ui.t("Open Settings"),
    run: () => ui.openSettings("systemdContainers.launch"),
  });
}
