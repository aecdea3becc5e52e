import { realpath } from "node:fs/promises";
import type Docker from "dockerode";
import type { Container } from "../../ports/container";
import type { ComposeService } from "../../ports/engine";
import { withFaults } from "../errors";
import { serviceLabel } from "../labels";
import { list, toContainer } from "./containers";

/** Labels that Compose and podman-compose give to containers, in addition to the service label. */
const label = {
  folder: "com.docker.compose.project.working_dir",
  /** `True` for containers of `compose run`. */
  once: "com.docker.compose.oneoff",
};

/** The newest container of a service that Compose started from a directory. */
export function composedContainer(
  docker: Docker,
  { folder, service }: ComposeService,
): Promise<Container | undefined> {
  return withFaults("list-containers", undefined, async () => {
    const filters = JSON.stringify({ label: [`${serviceLabel}=${service}`] });
    const folders = [folder, await realpath(folder).catch(() => folder)].map(withLargeDrive);
    const found = (await list(docker, { all: true, filters })).find(({ Labels = {} }) => {
      return folders.includes(withLargeDrive(Labels[label.folder] ?? "")) && Labels[label.once] !== "True";
    });
    return found && toContainer(found);
  });
}

/** Editors write Windows drive letters in lower case, programs in upper case. */
function withLargeDrive(path: string): string {
  return path.replace(/^[a-z]:/, (drive) => drive.toUpperCase());
}
