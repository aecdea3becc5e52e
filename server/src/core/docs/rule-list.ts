import type { Rule } from "../lint/rule";
import { symptomHeadings } from "./index-page";

/** The client's list of rules, as the source text of a module, because the client contains no code of the core. */
export function ruleList(rules: readonly Rule[]): string {
  const rows = rules.map(({ id, title, severity, symptoms }) => {
    const row = { id, title, severity, symptoms: symptoms.map((symptom) => symptomHeadings[symptom]) };
    return `  ${JSON.stringify(row)},`;
  });
  return `${[
    "// Generated from the rules; `npm run test:unit -- -u` writes it.",
    "",
    "/** Every rule, with its severity and what a user sees go wrong. */",
    "export const rules = [",
    ...rows,
    "] as const;",
  ].join("\n")}\n`;
}
