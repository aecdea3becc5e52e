import { visibleJson } from "../../core/base/visible";
import { masked } from "../../core/plan/own";
import { createOptions } from "../../core/plan/render/docker-api";
import { otherOptions } from "../../core/plan/render/other-options";
import type { Format } from "./format";

/** The body of the Docker API request that creates a container. */
export const api: Format = {
  name: "api",
  plan: ({ plan, secrets }) =>
    `${visibleJson(createOptions(secrets ? plan.spec : masked(plan), plan.image.reference))}\n`,
  unsaid: ({ plan }) => otherOptions(plan.spec).unsaid.map((flag) => `--${flag}`),
};
