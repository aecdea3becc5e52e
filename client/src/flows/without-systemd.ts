import type { PlanResult } from "../../../server/src/protocol";
import type { Action, Ui } from "../ports";
import { plain } from "../text";
import { buttons } from "../texts/buttons";
import type { Question } from "../texts/questions";

/**
 * Asks whether to go on with an image that does not start systemd. The default is what changes that: the fixes of the
 * finding about it, else the line that names its program.
 */
export function wantsWithoutSystemd(
  ui: Ui,
  { startsOther }: PlanResult,
  [question, detail, anyway]: Question,
): Promise<boolean> {
  if (!startsOther) return ui.confirm(question, detail, anyway);
  const { place, finding } = startsOther;
  const instead: Action =
    finding === undefined
      ? { title: buttons.goToLine(ui.t), run: () => ui.reveal(place) }
      : { title: buttons.showFixes(ui.t), run: () => ui.showFixes(place) };
  return ui.confirm(question, finding === undefined ? detail : plain(finding), anyway, { instead });
}
