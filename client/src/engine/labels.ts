/** Labels of what this extension creates. An image hands its labels down to containers, so these differ. */
export const imageLabel = "dev.systemd-containers.image";
export const containerLabel = "dev.systemd-containers.container";
/** The file that a container was built from. */
export const sourceLabel = "dev.systemd-containers.source";
