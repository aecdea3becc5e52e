import { written } from "../written";

/** A manifest of a Pod. */
export const kubernetes = written("kubernetes");
