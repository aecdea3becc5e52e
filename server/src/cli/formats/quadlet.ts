import { withoutSecrets } from "../../core/plan/own";
import { renderQuadlet } from "../../core/plan/render/quadlet";
import type { Format } from "./format";

/** A file of Quadlet: the one that was given with what its container lacks, or one for the image. */
export const quadlet: Format = {
  name: "quadlet",
  plan: ({ launch, plan, secrets }) => {
    if (launch.completedKind === "quadlet" && launch.completed !== undefined) return launch.completed;
    return renderQuadlet(secrets ? plan.spec : withoutSecrets(plan), plan.image.reference).text;
  },
};
