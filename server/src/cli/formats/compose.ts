import { withoutSecrets } from "../../core/plan/own";
import { renderCompose } from "../../core/surfaces/compose/render";
import type { Format } from "./format";

/** A compose file: the one that was given with what the service lacks, or one for the image. */
export const compose: Format = {
  name: "compose",
  plan: ({ launch, plan, secrets }) => {
    if (launch.completedKind === "compose" && launch.completed !== undefined) return launch.completed;
    const spec = secrets ? plan.spec : withoutSecrets(plan);
    return renderCompose({ ...spec, image: plan.image.reference }, launch.name);
  },
};
