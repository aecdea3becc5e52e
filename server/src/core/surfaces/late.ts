import { readDevcontainer } from "./devcontainer/read";
import { readKitchen } from "./kitchen/read";
import { readMolecule } from "./molecule/read";
import { readQuadlet } from "./quadlet/read";
import { readRunLines } from "./run-lines/read";

const readers = { readDevcontainer, readKitchen, readMolecule, readQuadlet, readRunLines };

/**
 * The readers of the kinds of files that few projects have. The bundles of Node.js load them when the first such file
 * is read (`server/late-bundles.mjs`), so a project without them does not wait for them.
 */
export const late = () => readers;
