import type { Choice, Dependencies } from "../ports";
import { rules as allRules } from "../rules";
import { plain } from "../text";
import { buttons } from "../texts/buttons";
import { labels } from "../texts/labels";
import { notices } from "../texts/notices";
import { titles } from "../texts/titles";

/**
 * Lists the ways to silence a problem without fixing it: comments that ignore it, the setting of its rule, and the
 * page that explains the rule. The quick fix of the same name passes the file, the range and the rules; without these
 * arguments the command works at the cursor.
 */
export async function ignoreOrDisable(
  deps: Dependencies,
  called?: string,
  range?: string,
  ...named: readonly (string | undefined)[]
): Promise<void> {
  const { ui } = deps;
  const uri = called ?? ui.activeFile();
  const comments = uri === undefined ? [] : await ui.ignoreComments(uri, range);
  const rules = new Set([...named.flatMap((rule) => rule ?? []), ...comments.map(({ rule }) => rule)]);
  if (uri === undefined || rules.size === 0) return ui.tell("info", notices.noProblemHere(ui.t));
  const rule = await chooseRule(deps, [...rules]);
  if (rule === undefined) return;
  const choices: Choice<() => Promise<void>>[] = [
    ...comments
      .filter((one) => one.rule === rule)
      .map(({ title, apply }) => ({ label: title, value: apply })),
    { label: labels.disableRule(ui.t, rule), value: () => disable(deps, rule, uri) },
    { label: labels.explainRule(ui.t, rule), value: () => ui.showRulePage(rule) },
  ];
  const chosen = await ui.pick(titles.ignoreOrDisable(ui.t, rule), choices);
  await chosen?.();
}

async function chooseRule({ ui }: Dependencies, rules: readonly string[]): Promise<string | undefined> {
  if (rules.length === 1) return rules[0];
  const choices = rules.map((rule) => {
    const title = allRules.find(({ id }) => id === rule)?.title;
    return { label: plain(rule), description: title && ui.t(title), value: rule };
  });
  return ui.pick(titles.selectRule(ui.t), choices);
}

async function disable({ ui }: Dependencies, rule: string, uri: string): Promise<void> {
  await ui.turnRuleOff(rule, uri);
  ui.tell("info", notices.ruleDisabled(ui.t, rule), {
    title: buttons.openSettings(ui.t),
    run: () => ui.openSettings(`systemdContainers.rules.${rule}`),
  });
}
