import type { Dependencies } from "../ports";
import { rules } from "../rules";
import { plain, text } from "../text";
import { titles } from "../texts/titles";

/** Shows the page of a rule: the given one, or the one that the user picks by title, symptom or id. */
export async function showRule({ ui }: Dependencies, called?: string): Promise<void> {
  if (rules.some(({ id }) => id === called)) return ui.showRulePage(String(called));
  const choices = rules.map(({ id, title, severity, symptoms }) => ({
    label: ui.t(title),
    description: text`${ui.t(severity)} · ${plain(id)}`,
    detail: plain(symptoms.map((symptom) => ui.t(symptom)).join(" · ")),
    value: id,
  }));
  const rule = await ui.pick(titles.selectRule(ui.t), choices);
  if (rule !== undefined) await ui.showRulePage(rule);
}
