import { written } from "../written";

/** A command line of Podman. */
export const podman = written("podman");
