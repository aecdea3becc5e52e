import { conversions } from "../core/convert/conversions";
import type { FileContext } from "../core/project/subjects";
import type { ConvertParams, ConvertResult } from "../protocol";
import { closedDocument } from "./closed-document";
import { toTextEdit } from "./convert";
import { lineEdits } from "./line-edits";
import { noEdits } from "./no-answer";
import type { Say } from "./session";

/** The edits of a whole-file action, or the reason why there are none. */
export function answerConversion(
  file: FileContext,
  { to, position = { line: 0, character: 0 }, program = "" }: ConvertParams,
  say: Say,
): ConvertResult {
  const offset = closedDocument(file.uri, file.text).offsetAt(position);
  const result = conversions[to](file, { offset, program });
  if ("refused" in result) return noEdits(say(result.refused));
  const changed = result.changed.map(({ uri, before, after }) => {
    const document = closedDocument(uri, before);
    return { uri, edits: lineEdits(before, after).map((edit) => toTextEdit(document, edit)) };
  });
  return { changed, created: result.created, ...(result.doubt && { doubt: say(result.doubt) }) };
}
