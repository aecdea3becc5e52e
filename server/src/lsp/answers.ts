// The answers to the client's own commands, in a separate bundle on Node: a session that only lints loads none of it.
export { isMadeFrom } from "../core/project/made-from";
export { answerConversion } from "./conversion";
export { answerDoctor } from "./doctor";
export { answerExplain } from "./explain";
export { answerPlan } from "./plan";
