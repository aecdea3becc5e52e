// The answers to the client's custom requests, text comparison, Fix All, and the reader of inspected images. On Node,
// they are in a separate bundle, which a session that only lints does not load.
export { seenText } from "../core/boot/seen-base";
export { fixAll } from "../core/lint/fix";
export { isMadeFrom } from "../core/project/made-from";
export { answerConversion } from "./conversion";
export { answerDoctor } from "./doctor";
export { answerExplain } from "./explain";
export { answerLeast } from "./least";
export { lineEdits } from "./line-edits";
export { answerPlan } from "./plan";
export { answerVerify } from "./verify";
