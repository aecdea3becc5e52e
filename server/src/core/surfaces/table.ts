import { ansibleSurface } from "./ansible/surface";
import { githubSurface, gitlabSurface } from "./ci/surfaces";
import { composeSurface } from "./compose/surface";
import { devcontainerSurface } from "./devcontainer/surface";
import { dockerfileSurface } from "./dockerfile";
import { dockerfileTemplateSurface } from "./dockerfile-template";
import { kitchenSurface } from "./kitchen/surface";
import { kubernetesSurface } from "./kubernetes/surface";
import { moleculeSurface } from "./molecule/surface";
import { quadletSurface } from "./quadlet/surface";
import { makefileSurface, markdownSurface, scriptSurface, unitSurface } from "./run-lines/surfaces";
import { terraformSurface } from "./terraform/surface";

/**
 * All kinds of files that are linted. Kinds that build images come before those that start them; kinds that share
 * their names with others come last.
 */
export const surfaces = [
  dockerfileSurface,
  dockerfileTemplateSurface,
  composeSurface,
  moleculeSurface,
  kitchenSurface,
  devcontainerSurface,
  githubSurface,
  gitlabSurface,
  quadletSurface,
  scriptSurface,
  makefileSurface,
  markdownSurface,
  terraformSurface,
  ansibleSurface,
  kubernetesSurface,
  unitSurface,
] as const;
