// What answers the client's own commands, and hovers, a bundle of its own in Node: linting loads none of it.
export { explainFinding } from "../core/docs/page";
export { answerDoctor } from "./doctor";
export { answerExplain } from "./explain";
export { answerPlan } from "./plan";
