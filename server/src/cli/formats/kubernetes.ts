import { written } from "../written";

/** A Pod manifest. */
export const kubernetes = written("kubernetes");
