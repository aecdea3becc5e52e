import { written } from "../written";

/** A Docker command line. */
export const docker = written("docker");
