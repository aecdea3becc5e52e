import { visibleJson } from "../../core/base/visible";
import { masked } from "../../core/plan/own";
import { createOptions } from "../../core/plan/render/docker-api";
import type { Format } from "./format";

/** The body of the Docker API request that creates a container. */
export const api: Format = {
  name: "api",
  plan: ({ plan, secrets }) =>
    `${visibleJson(createOptions(secrets ? plan.spec : masked(plan), plan.image.reference))}\n`,
};
