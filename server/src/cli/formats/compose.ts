import { withoutSecrets } from "../../core/plan/own";
import { renderCompose } from "../../core/surfaces/compose/render";
import type { Format } from "./format";

/** A compose file: the given file with the missing settings of the service added, or a new one for the image. */
export const compose: Format = {
  name: "compose",
  plan: ({ launch, plan, secrets }) => {
    if (launch.completedKind === "compose" && launch.completed !== undefined) return launch.completed;
    const spec = secrets ? plan.spec : withoutSecrets(plan);
    return renderCompose({ ...spec, image: plan.image.reference }, launch.name);
  },
};
