import type { ContainerSpec } from "../../container/spec";
import { renderService, serviceOf } from "../../surfaces/compose/render";

/** The text of a compose file that builds the Dockerfile beside it and starts the image as the service `app`. */
export function builtComposeFile(spec: ContainerSpec): string {
  return renderService("app", { build: ".", ...serviceOf(spec) });
}
