import { written } from "../written";

/** A compose file with one service. */
export const compose = written("compose");
