import { message } from "../core/base/message";
import type { ConvertResult, DoctorResult, ExplainResult, PlanResult } from "../protocol";
import type { Say } from "./session";

/** Why there is no answer about a file that is gone or cannot be read. */
export const unread = message("plan.unread", "The file cannot be read.");

/** The answer if there is no plan, with the reason for the user. */
export const noPlan = (refused: string): PlanResult => ({ ...emptyPlan, refused });

/** An empty plan. */
export const emptyPlan: PlanResult = {
  create: { api: "docker", body: {} },
  docker: [],
  podman: [],
  compose: "",
  explain: { docker: [], podman: [], compose: [] },
  ports: [],
  boots: "no",
  stages: [],
  arguments: [],
  errors: [],
};

/** The answer if a bug in this extension prevents an engine from being examined. */
export const noDiagnosis = (say: Say): DoctorResult => ({
  verdict: "fails",
  summary: say(unexamined),
  checks: [],
  command: "",
  explain: [],
});

const unexamined = message(
  "doctor.failed",
  "Because of a bug in this extension, the engine could not be checked. See the log (Show Log).",
);

/** The answer if nothing is known. */
export const noExplanation: ExplainResult = {
  causes: [],
  units: [],
  remarks: [],
  looked: { lines: 0, known: 0 },
};

/** The answer if the files are not changed, with the reason for the user. */
export const noEdits = (refused: string): ConvertResult => ({ refused, changed: [], created: [] });
