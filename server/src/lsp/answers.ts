// The answers to the client's own commands, and code that compares texts, in a separate bundle on Node, so a session
// that only lints loads none of it.
export { isMadeFrom } from "../core/project/made-from";
export { answerConversion } from "./conversion";
export { answerDoctor } from "./doctor";
export { answerExplain } from "./explain";
export { lineEdits } from "./line-edits";
export { answerPlan } from "./plan";
