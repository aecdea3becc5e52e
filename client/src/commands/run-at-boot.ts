import { convert } from "../flows/convert";
import type { Dependencies } from "../ports";
import { notices } from "../texts/notices";

/** Starts a line of CMD or of an entry script from a unit: the line of the cursor, unless one is named, counted from 0. */
export async function runAtBoot(deps: Dependencies, called?: string, line?: string): Promise<void> {
  const { ui } = deps;
  const place =
    called !== undefined && line !== undefined ? { uri: called, line: Number(line) } : ui.cursor();
  if (!place) return ui.tell("warning", notices.noLine(ui.t));
  const position = { line: place.line, character: place.character ?? 0 };
  await convert(deps, { uri: place.uri, to: "runAtBoot", position }, notices.runsAtBoot(ui.t));
}
