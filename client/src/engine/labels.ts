/**
 * Labels on everything that this extension creates. Containers inherit the labels of their image, so the two labels
 * differ.
 */
export const imageLabel = "dev.systemd-containers.image";
export const containerLabel = "dev.systemd-containers.container";
/**
 * The value of the container label on a container that was started. A container that is only inspected has a
 * different value.
 */
export const started = "true";
/** The label that Compose and podman-compose give to the containers of services. */
export const serviceLabel = "com.docker.compose.service";
/** The file that a container was built from. */
export const sourceLabel = "dev.systemd-containers.source";
