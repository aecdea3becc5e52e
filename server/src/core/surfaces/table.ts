import { githubSurface, gitlabSurface } from "./ci/surfaces";
import { composeSurface } from "./compose/surface";
import { devcontainerSurface } from "./devcontainer/surface";
import { dockerfileSurface } from "./dockerfile";
import { kitchenSurface } from "./kitchen/surface";
import { moleculeSurface } from "./molecule/surface";
import { makefileSurface, markdownSurface, scriptSurface } from "./run-lines/surfaces";

/** Every kind of file that is linted; what builds images comes before what starts them. */
export const surfaces = [
  dockerfileSurface,
  composeSurface,
  moleculeSurface,
  kitchenSurface,
  devcontainerSurface,
  githubSurface,
  gitlabSurface,
  scriptSurface,
  makefileSurface,
  markdownSurface,
] as const;
