import { renderCompose } from "../../core/plan/render/command";
import type { Format } from "./format";

/** A compose file: the one that was given with what the service lacks, or one for the image. */
export const compose: Format = {
  name: "compose",
  plan: ({ launch, plan }) =>
    launch.completed ?? renderCompose({ ...plan.run, image: plan.image.reference }, launch.name),
};
