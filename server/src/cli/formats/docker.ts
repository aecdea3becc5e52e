import { written } from "../written";

/** A command line of Docker. */
export const docker = written("docker");
