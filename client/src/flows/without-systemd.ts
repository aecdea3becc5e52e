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
  const { finding } = startsOther;
  const why = finding === undefined ? detail : plain(finding);
  return ui.confirm(question, why, anyway, { instead: wayOut(ui, startsOther) });
}

/** The same where no one waits for it: it is not gone on with. */
export function tellWithoutSystemd(ui: Ui, { startsOther }: PlanResult, [what]: Question): void {
  ui.tell("warning", what, ...(startsOther ? [wayOut(ui, startsOther)] : []));
}

function wayOut(ui: Ui, { place, finding }: NonNullable<PlanResult["startsOther"]>): Action {
  return finding === undefined
    ? { title: buttons.goToLine(ui.t), run: () => ui.reveal(place) }
    : { title: buttons.showFixes(ui.t), run: () => ui.showFixes(place) };
}
