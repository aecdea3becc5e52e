import { format } from "../core/base/message";
import { diagnose } from "../core/doctor/doctor";
import type { DoctorParams, DoctorResult } from "../protocol";

/** The answer where a defect of ours keeps an engine from being examined. */
export const noDiagnosis: DoctorResult = {
  verdict: "fails",
  summary: "The engine could not be examined. The log says why (Show Log); it is a defect of this extension.",
  checks: [],
  command: "",
  explain: [],
};

/** What an engine means for containers that boot systemd. */
export function answerDoctor({ engine, reference }: DoctorParams): DoctorResult {
  const { verdict, summary, checks, explain, command, start } = diagnose(engine, reference);
  return {
    verdict,
    summary: format(summary),
    checks: checks.map(({ what, value, meaning, level }) => ({
      what: format(what),
      value,
      meaning: format(meaning),
      level,
    })),
    command,
    explain: explain.map(({ what, why, cost }) => ({ what, why: format(why), cost: cost && format(cost) })),
    start,
  };
}
