import { convert } from "../flows/convert";
import type { Dependencies } from "../ports";
import { notices } from "../texts/notices";

/**
 * Creates a unit that runs a line of CMD or of an entrypoint script: the line at the cursor unless `line`, counted
 * from 0, is given.
 */
export async function runAtBoot(deps: Dependencies, called?: string, line?: string): Promise<void> {
  const { ui } = deps;
  const place =
    called !== undefined && line !== undefined ? { uri: called, line: Number(line) } : ui.cursor();
  if (!place) return ui.tell("warning", notices.noLine(ui.t));
  const position = { line: place.line, character: place.character ?? 0 };
  await convert(deps, { uri: place.uri, to: "runAtBoot", position }, notices.runsAtBoot(ui.t));
}
