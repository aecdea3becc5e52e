import { withoutSecrets } from "../../core/plan/own";
import { renderQuadlet } from "../../core/plan/render/quadlet";
import type { Format } from "./format";

/** A Quadlet file: the given file with the missing settings of its container added, or a new one for the image. */
export const quadlet: Format = {
  name: "quadlet",
  plan: ({ launch, plan, secrets }) => {
    if (launch.completedKind === "quadlet" && launch.completed !== undefined) return launch.completed;
    return renderQuadlet(secrets ? plan.spec : withoutSecrets(plan), plan.image.reference).text;
  },
};
