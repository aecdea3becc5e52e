// What answers the client's own commands, a bundle of its own in Node: a session that only lints loads none of it.
export { answerDoctor } from "./doctor";
export { answerExplain } from "./explain";
export { answerPlan } from "./plan";
