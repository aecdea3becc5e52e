import { written } from "../written";

/** A Podman command line. */
export const podman = written("podman");
