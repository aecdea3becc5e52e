import { commandLine } from "./docker";

/** A command line of Podman. */
export const podman = commandLine("podman");
