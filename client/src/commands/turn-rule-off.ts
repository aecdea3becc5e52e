import type { Dependencies } from "../ports";

/** Switches a rule off by its setting; the quick fix *Turn … off* calls it with the rule and the file. */
export async function turnRuleOff({ ui }: Dependencies, rule?: string, uri?: string): Promise<void> {
  if (rule === undefined || uri === undefined) return;
  await ui.turnRuleOff(rule, uri);
  ui.tell("info", ui.t("{0} is disabled.", rule), {
    title: ui.t("Open Settings"),
    run: () => ui.openSettings(`systemdContainers.rules.${rule}`),
  });
}
