import type { FixedAll } from "../../../server/src/protocol";
import { chooseFile } from "../flows/files";
import type { Action, Dependencies, Ui } from "../ports";
import { plain } from "../text";
import { buttons } from "../texts/buttons";
import { notices } from "../texts/notices";

/** Applies all safe fixes in a file and reports how many were applied and which problems are left. */
export async function fixAll({ ui, server }: Dependencies, called?: string): Promise<void> {
  const uri = await chooseFile(ui, ["dockerfile", "compose"], called);
  if (uri === undefined) return;
  const result = await server.fixAll(uri);
  if ("refused" in result) return ui.tell("warning", plain(result.refused));
  ui.tell("info", notices.fixedAll(ui.t, ui.label(uri), countsOf(ui, result)), ...toFirst(ui, result));
}

function countsOf({ t }: Ui, { fixed, suggestions, unfixable, hints }: FixedAll): string {
  const left = [
    suggestions > 0 && notices.suggestionsLeft(t, suggestions),
    unfixable > 0 && notices.unfixableLeft(t, unfixable),
    hints > 0 && notices.hintsLeft(t, hints),
  ];
  return [notices.fixed(t, fixed), ...left].filter(Boolean).join(", ");
}

function toFirst(ui: Ui, { first }: FixedAll): Action[] {
  if (!first) return [];
  const { place, fixable } = first;
  return fixable
    ? [{ title: buttons.showFixes(ui.t), run: () => ui.showFixes(place) }]
    : [{ title: buttons.goToLine(ui.t), run: () => ui.reveal(place) }];
}
