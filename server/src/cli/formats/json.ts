import { visibleJson } from "../../core/base/visible";
import type { Format } from "./format";

/** For programs. */
export const json: Format = {
  name: "json",
  lint: (findings) => `${visibleJson(findings)}\n`,
  explain: (causes) => `${visibleJson(causes)}\n`,
  rules: (rules) => `${visibleJson(rules)}\n`,
};
