import { commandLine } from "./docker";

/** A command line for Podman. */
export const podman = commandLine("podman");
