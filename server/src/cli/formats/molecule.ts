import { written } from "../written";

/** A `molecule.yml` with one platform. */
export const molecule = written("molecule");
