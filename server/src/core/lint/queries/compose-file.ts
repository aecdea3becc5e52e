import type { ContainerSpec } from "../../container/spec";
import { renderService, serviceOf } from "../../surfaces/compose/render";

/** The content of a Compose file that builds the Dockerfile next to it and starts the image as the service `app`. */
export function builtComposeFile(spec: ContainerSpec): string {
  return renderService("app", { build: ".", ...serviceOf(spec) });
}
