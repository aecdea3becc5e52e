import { message, type Texts, translated } from "../base/message";
import type { Rule } from "../lint/rule";

/** The template that describes the setting of a rule. */
export const ruleDescription = "{title}. If ignored: {consequence} Default: {severity}.";

/** The possible values of a rule's setting, with their labels. */
const levels = {
  default: "Default",
  off: "Off",
  hint: "Hint",
  information: "Information",
  warning: "Warning",
  error: "Error",
};

/** The sections of the settings that are about rules: key, title, and a test for the rules that belong there. */
const sections: readonly (readonly [key: string, title: string, has: (id: string) => boolean])[] = [
  ["rules.images", "Rules for Images", (id) => /^(image|unit)-/.test(id)],
  ["rules.containers", "Rules for Containers", (id) => !/^(image|unit)-/.test(id)],
];

/**
 * The sections of a manifest's settings that are about rules, with one setting for each rule. Strings are referenced
 * by key.
 */
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

/** The descriptions of the rules' settings, by key. */
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
