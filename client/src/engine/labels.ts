/** Labels of what this extension creates. An image hands its labels down to containers, so these differ. */
export const imageLabel = "dev.systemd-containers.image";
export const containerLabel = "dev.systemd-containers.container";
/** What that label is on a container that was started; one that is only looked into has another value. */
export const started = "true";
/** Compose and podman-compose give it to the containers of services. */
export const serviceLabel = "com.docker.compose.service";
/** The file that a container was built from. */
export const sourceLabel = "dev.systemd-containers.source";
