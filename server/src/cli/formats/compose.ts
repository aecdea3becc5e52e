import { written } from "../written";

/** A Compose file with one service. */
export const compose = written("compose");
