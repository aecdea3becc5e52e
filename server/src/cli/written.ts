import { format as formatMessage } from "../core/base/message";
import { visible } from "../core/base/visible";
import { withoutSecrets } from "../core/plan/own";
import { planOn } from "../core/plan/render/command";
import { engineOf, type FormatName, planFormats, renderRun } from "../core/plan/render/formats";
import type { Rendered } from "../core/plan/render/rendered";
import type { LaunchPlan } from "../core/plan/types";
import type { Format, Planned } from "./formats/format";

/**
 * An output format that starts the planned container. The output is the completed input file if that file has this
 * format, and otherwise a new file.
 */
export function written(name: FormatName): Format {
  return {
    name,
    plan: (planned) => {
      const { launch, secrets } = planned;
      if (launch.completedKind === name && launch.completed !== undefined) return launch.completed;
      const { text, notes } = rendered(name, planned, secrets ? undefined : withoutSecrets);
      const comment = (line: string) => `${planFormats[name].comment} ${visible(line)}\n`;
      return notes.map((note) => comment(formatMessage(note))).join("") + text;
    },
    unsaid: (planned) => rendered(name, planned).unsaid,
  };
}

/**
 * Renders a plan in a format, for the engine that reads it. The text is empty if that engine cannot boot the image.
 */
function rendered(
  name: FormatName,
  { plan, launch, folder }: Planned,
  shown: (plan: LaunchPlan) => LaunchPlan["spec"] = ({ spec }) => spec,
): Rendered {
  const own = planOn(plan, engineOf(name) ?? plan.facts.engine);
  if (!own) return { text: "\n", unsaid: [], notes: [] };
  return renderRun(name, {
    spec: shown(own),
    reference: own.image.reference,
    name: launch.name,
    engine: own.facts.engine,
    build: launch.build,
    folder,
  });
}
