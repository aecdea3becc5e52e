// What knows systemd's words, in a separate bundle on Node: it is loaded when completion or a hover is first requested.
export { complete } from "../core/language/complete";
export { describe } from "../core/language/describe";
