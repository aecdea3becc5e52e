import { written } from "../written";

/** A file of Quadlet. */
export const quadlet = written("quadlet");
