import { message, type Texts, translated } from "../base/message";
import type { Rule } from "../lint/rule";

/** How the setting of a rule is described. */
export const ruleDescription = "{title}. If ignored: {consequence} Default: {severity}.";

/** What the setting of a rule can be, with its label. */
const levels = {
  default: "Default",
  off: "Off",
  hint: "Hint",
  information: "Information",
  warning: "Warning",
  error: "Error",
};

/** The sections of the settings that are about rules: the title of each, and whose rules are in it. */
const sections: readonly (readonly [key: string, title: string, has: (id: string) => boolean])[] = [
  ["rules.images", "Rules for Images", (id) => /^(image|unit)-/.test(id)],
  ["rules.containers", "Rules for Containers", (id) => !/^(image|unit)-/.test(id)],
];

/** The sections of the settings in a manifest that are about rules: one of each rule, by its key, with texts by theirs. */
export function ruleSettings(rules: readonly Rule[]) {
  const setting = (id: string) => ({
    type: "string",
    scope: "resource",
    enum: Object.keys(levels),
    enumItemLabels: Object.keys(levels).map((level) => `%rules.level.${level}%`),
    default: "default",
    markdownDescription: `%rules.${id}%`,
  });
  return sections.map(([key, , has]) => ({
    title: `%${key}%`,
    properties: Object.fromEntries(
      rules.filter(({ id }) => has(id)).map(({ id }) => [`systemdContainers.rules.${id}`, setting(id)]),
    ),
  }));
}

/** The titles of the sections, and the labels of the levels, by their keys. */
export function sectionTexts(): Record<string, string> {
  const titles = sections.map(([key, title]) => [key, title]);
  const labels = Object.entries(levels).map(([level, label]) => [`rules.level.${level}`, label]);
  return Object.fromEntries([...titles, ...labels]);
}

/** The descriptions in them by their keys. */
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
