import type { Dependencies } from "../ports";
import { buttons } from "../texts/buttons";
import { notices } from "../texts/notices";

/** Switches a rule off by its setting; the quick fix *Turn … off* calls it with the rule and the file. */
export async function turnRuleOff({ ui }: Dependencies, rule?: string, uri?: string): Promise<void> {
  if (rule === undefined || uri === undefined) return;
  await ui.turnRuleOff(rule, uri);
  ui.tell("info", notices.ruleDisabled(ui.t, rule), {
    title: buttons.openSettings(ui.t),
    run: () => ui.openSettings(`systemdContainers.rules.${rule}`),
  });
}
