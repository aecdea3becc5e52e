import { format as formatMessage } from "../../core/base/message";
import { visible } from "../../core/base/visible";
import { explain as partsOf } from "../../core/plan/render/command";
import type { Format } from "./format";

/** What each part of a plan is for, and what it costs, one part per line. */
export const explain: Format = {
  name: "explain",
  plan: ({ plan }) =>
    partsOf(plan)
      .map(
        ({ what, why, cost }) =>
          `${what}: ${formatMessage(why)}${cost ? ` Cost: ${formatMessage(cost)}` : ""}`,
      )
      .map((line) => `${visible(line)}\n`)
      .join(""),
};
