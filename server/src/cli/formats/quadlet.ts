import { written } from "../written";

/** A Quadlet file. */
export const quadlet = written("quadlet");
