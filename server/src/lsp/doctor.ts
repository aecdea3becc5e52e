import { diagnose, proofImage } from "../core/doctor/doctor";
import type { DoctorParams, DoctorResult } from "../protocol";
import { toPart } from "./convert";
import type { Say } from "./session";

/** Whether an engine can run containers that boot systemd, and how. */
export function answerDoctor({ engine, reference }: DoctorParams, say: Say): DoctorResult {
  const { verdict, summary, checks, explain, command, start } = diagnose(
    engine,
    proofImage(reference, engine),
  );
  return {
    verdict,
    summary: say(summary),
    checks: checks.map(({ what, value, meaning, level }) => ({
      what: say(what),
      value,
      meaning: say(meaning),
      level,
    })),
    command,
    explain: explain.map((each) => toPart(each, say)),
    start,
  };
}
