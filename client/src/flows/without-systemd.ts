import type { PlanResult, StartsOther } from "../../../server/src/protocol";
import type { Action, Ui } from "../ports";
import { plain, text } from "../text";
import { buttons } from "../texts/buttons";
import type { Question } from "../texts/questions";

/**
 * Asks the user whether to continue with an image that does not start systemd. The default button solves the problem:
 * with the fixes of the finding about it, or else with the edits that make the image boot systemd, or else by going
 * to the line that names its program.
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

/** Shows why an image without systemd is not booted, for a boot that runs without prompts. */
export function tellWithoutSystemd(ui: Ui, { startsOther }: PlanResult, [what]: Question): void {
  const why = startsOther?.why;
  const actions = startsOther ? [wayOut(ui, startsOther)] : [];
  ui.tell("warning", why === undefined ? what : text`${what} ${plain(why)}`, ...actions);
}

function wayOut(ui: Ui, { place, wayOut }: StartsOther): Action {
  const { uri } = place;
  switch (wayOut) {
    case "fixes":
      return { title: buttons.showFixes(ui.t), run: () => ui.showFixes(place) };
    case "edits":
      return {
        title: buttons.makeImageBoot(ui.t),
        run: () => ui.run("systemdContainers.makeImageBoot", uri),
      };
    case "none":
      return { title: buttons.goToLine(ui.t), run: () => ui.reveal(place) };
  }
}
