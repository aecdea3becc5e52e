// Descriptions of systemd's terms, in a separate bundle on Node that is loaded when completion, a hover or a hint is
// first requested.
export { complete } from "../core/language/complete";
export { describe } from "../core/language/describe";
export { hints } from "../core/language/hints";
