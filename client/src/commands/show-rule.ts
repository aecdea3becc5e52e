import type { Dependencies } from "../ports";
import { plain } from "../text";

/** Shows the page of a rule: the one it is called on, or the one that is picked. */
export async function showRule({ ui }: Dependencies, called?: string): Promise<void> {
  const rules = ui.rulePages();
  if (called !== undefined && rules.includes(called)) return ui.showRulePage(called);
  const choices = rules.map((rule) => ({ label: plain(rule), value: rule }));
  const rule = await ui.pick(ui.t("Which rule?"), choices);
  if (rule !== undefined) await ui.showRulePage(rule);
}
