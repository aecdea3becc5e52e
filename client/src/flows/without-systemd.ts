import type { PlanResult } from "../../../server/src/protocol";
import type { Action, Ui } from "../ports";
import { plain, text } from "../text";
import { buttons } from "../texts/buttons";
import type { Question } from "../texts/questions";

/**
 * Asks whether to go on with an image that does not start systemd. The default is what changes that: the fixes of the
 * finding about it, the line that cannot be read, else the action that makes the image boot.
 */
export function wantsWithoutSystemd(
  ui: Ui,
  { startsOther }: PlanResult,
  [question, detail, anyway]: Question,
): Promise<boolean> {
  if (!startsOther) return ui.confirm(question, detail, anyway);
  const { why } = startsOther;
  const reason = why === undefined ? detail : plain(why);
  return ui.confirm(question, reason, anyway, { instead: wayOut(ui, startsOther) });
}

/** The same where no one waits for it: it is not gone on with. */
export function tellWithoutSystemd(ui: Ui, { startsOther }: PlanResult, [what]: Question): void {
  const why = startsOther?.why;
  const actions = startsOther ? [wayOut(ui, startsOther)] : [];
  ui.tell("warning", why === undefined ? what : text`${what} ${plain(why)}`, ...actions);
}

function wayOut(ui: Ui, { place, why, fixable }: NonNullable<PlanResult["startsOther"]>): Action {
  if (fixable) return { title: buttons.showFixes(ui.t), run: () => ui.showFixes(place) };
  if (why !== undefined) return { title: buttons.goToLine(ui.t), run: () => ui.reveal(place) };
  const run = () => ui.run("systemdContainers.makeImageBoot", place.uri);
  return { title: buttons.makeImageBoot(ui.t), run };
}
