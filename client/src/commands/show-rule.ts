import type { Dependencies } from "../ports";
import { rules } from "../rules";
import { plain } from "../text";

/** Shows the page of a rule: the one it is called on, or the one that is picked by title, symptom or id. */
export async function showRule({ ui }: Dependencies, called?: string): Promise<void> {
  if (rules.some(({ id }) => id === called)) return ui.showRulePage(String(called));
  const choices = rules.map(({ id, title, severity, symptoms }) => ({
    label: plain(title),
    description: plain(`${severity} · ${id}`),
    detail: plain(symptoms.join(" · ")),
    value: id,
  }));
  const rule = await ui.pick(ui.t("Which rule?"), choices);
  if (rule !== undefined) await ui.showRulePage(rule);
}
