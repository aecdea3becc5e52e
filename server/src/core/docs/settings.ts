import { message, type Texts, translated } from "../base/message";
import type { Rule } from "../lint/rule";

/** How the setting of a rule is described. */
export const ruleDescription = "{title}. {consequence} Default: {severity}.";

/** The section "Rules" of the settings in a manifest: one of each rule, by its key, with texts by theirs. */
export function ruleSettings(rules: readonly Rule[]) {
  const properties = rules.map(({ id }) => [
    `systemdContainers.rules.${id}`,
    {
      type: "string",
      scope: "resource",
      enum: ["default", "off", "hint", "information", "warning", "error"],
      default: "default",
      markdownDescription: `%rules.${id}%`,
    },
  ]);
  return { title: "%rules%", properties: Object.fromEntries(properties) };
}

/** The texts of that section by their keys, but for its title. */
export function ruleTexts(rules: readonly Rule[], texts?: Texts): Record<string, string> {
  const text = (template: string, args = {}) => translated(message("settings.rule", template, args), texts);
  const described = rules.map(({ id, title, consequence, severity, off }) => [
    `rules.${id}`,
    text(ruleDescription, {
      title: text(title),
      consequence: text(consequence),
      severity: text(off ? "off" : severity),
    }),
  ]);
  return Object.fromEntries(described);
}
