import { written } from "../written";

/** A `devcontainer.json`. */
export const devcontainer = written("devcontainer");
