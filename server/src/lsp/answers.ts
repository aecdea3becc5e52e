// The answers to the client's own commands, what compares texts, and Fix All, in a separate bundle on Node: a session that
// only lints loads none of it.
export { fixAll } from "../core/lint/fix";
export { isMadeFrom } from "../core/project/made-from";
export { answerConversion } from "./conversion";
export { answerDoctor } from "./doctor";
export { answerExplain } from "./explain";
export { lineEdits } from "./line-edits";
export { answerPlan } from "./plan";
