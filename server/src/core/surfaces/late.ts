import { readAnsible } from "./ansible/read";
import { readGithub } from "./ci/github";
import { readGitlab } from "./ci/gitlab";
import { readDevcontainer } from "./devcontainer/read";
import { hasJinja, withoutJinja } from "./jinja";
import { readKitchen } from "./kitchen/read";
import { readKubernetes } from "./kubernetes/read";
import { readInventory } from "./molecule/inventory";
import { readMolecule } from "./molecule/read";
import { readDropIn, readQuadlet } from "./quadlet/read";
import { withComments } from "./run-lines/comments";
import { readRunLines } from "./run-lines/read";
import { readTerraform } from "./terraform/read";

const readers = {
  hasJinja,
  readAnsible,
  readDevcontainer,
  readDropIn,
  readGithub,
  readGitlab,
  readInventory,
  readKitchen,
  readKubernetes,
  readMolecule,
  readQuadlet,
  readRunLines,
  readTerraform,
  withComments,
  withoutJinja,
};

/**
 * The readers for kinds of files that few projects have. The Node.js bundles load them when the first such file is
 * read (`server/late-bundles.mjs`), so projects without such files do not wait for them.
 */
export const late = () => readers;
