import type { Dependencies, LaunchConfiguration } from "../ports";
import { buttons } from "../texts/buttons";
import { notices } from "../texts/notices";
import { bootDockerfile } from "./boot-dockerfile";
import { bootImage } from "./boot-image";
import { composeUp } from "./compose";
import { isOnDisk } from "./files";

/** Boots the Dockerfile, image or Compose file of a launch configuration. */
export async function launchConfiguration(
  deps: Dependencies,
  configuration: LaunchConfiguration,
): Promise<void> {
  const { ui } = deps;
  const { name, dockerfile, image, compose, service } = configuration;
  if (dockerfile !== undefined) {
    const uri = ui.uri(ui.resolve(dockerfile));
    if (await isOnDisk(ui, uri)) await bootDockerfile(deps, uri, configuration);
    return;
  }
  if (image !== undefined) return bootImage(deps, image, configuration);
  if (compose !== undefined) return composeUp(deps, ui.uri(ui.resolve(compose)), service);
  ui.tell("error", notices.incomplete(ui.t, name), {
    title: buttons.openSettings(ui.t),
    run: () => ui.openSettings("systemdContainers.launch"),
  });
}
