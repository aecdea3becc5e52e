import { composeSurface } from "./compose/surface";
import { devcontainerSurface } from "./devcontainer/surface";
import { dockerfileSurface } from "./dockerfile";
import { kitchenSurface } from "./kitchen/surface";
import { moleculeSurface } from "./molecule/surface";
import { quadletSurface } from "./quadlet/surface";
import { makefileSurface, markdownSurface, scriptSurface } from "./run-lines/surfaces";

/** Every kind of file that is linted; what builds images comes before what starts them. */
export const surfaces = [
  dockerfileSurface,
  composeSurface,
  moleculeSurface,
  kitchenSurface,
  devcontainerSurface,
  quadletSurface,
  scriptSurface,
  makefileSurface,
  markdownSurface,
] as const;
