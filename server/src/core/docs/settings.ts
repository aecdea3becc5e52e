import type { Rule } from "../lint/rule";

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

/** The texts of that section by their keys. */
export function ruleTexts(rules: readonly Rule[]): Record<string, string> {
  const described = rules.map(({ id, title, consequence, severity, off }) => [
    `rules.${id}`,
    `${title}. ${consequence} Default: ${off ? "off" : severity}.`,
  ]);
  return { rules: "Rules", ...Object.fromEntries(described) };
}
