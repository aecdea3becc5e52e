import type { Rule } from "../lint/rule";

/** The section "Rules" of the settings in a manifest: one of each rule, by its key. */
export function ruleSettings(rules: readonly Rule[]) {
  const properties = rules.map(({ id, title, consequence, severity, off }) => [
    `systemdContainers.rules.${id}`,
    {
      type: "string",
      scope: "resource",
      enum: ["default", "off", "hint", "information", "warning", "error"],
      default: "default",
      markdownDescription: `${title}. ${consequence} Default: ${off ? "off" : severity}.`,
    },
  ]);
  return { title: "Rules", properties: Object.fromEntries(properties) };
}
