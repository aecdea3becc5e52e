import type { DoctorResult, ExplainResult, PlanResult } from "../protocol";

/** The answer where there is no plan, with the reason for the user. */
export const noPlan = (refused: string): PlanResult => ({ ...emptyPlan, refused });

/** A plan of nothing. */
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

/** The answer where a defect of ours keeps an engine from being examined. */
export const noDiagnosis: DoctorResult = {
  verdict: "fails",
  summary: "The engine could not be examined. The log says why (Show Log); it is a defect of this extension.",
  checks: [],
  command: "",
  explain: [],
};

/** The answer where nothing is known. */
export const noExplanation: ExplainResult = { causes: [], units: [], looked: { lines: 0, known: 0 } };
