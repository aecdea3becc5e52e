import { conversions } from "../core/convert/conversions";
import { toFormat } from "../core/convert/to-format";
import type { FormatName } from "../core/plan/render/formats";
import type { FileContext } from "../core/project/subjects";
import { kindOf } from "../core/surfaces/files";
import type { ConvertParams, ConvertResult } from "../protocol";
import { closedDocument } from "./closed-document";
import { toTextEdit } from "./convert";
import { lineEdits } from "./line-edits";
import { noEdits } from "./no-answer";
import type { Say } from "./session";

/** The edits of a whole-file action, or the reason why there are none. */
export function answerConversion(
  file: FileContext,
  { to, position = { line: 0, character: 0 }, program = "", format = "compose" }: ConvertParams,
  say: Say,
): ConvertResult {
  const offset = closedDocument(file.uri, file.text).offsetAt(position);
  if (to === "format") return answerFormat(file, offset, format, say);
  const result = conversions[to](file, { offset, program });
  if ("refused" in result) return noEdits(say(result.refused));
  const changed = result.changed.map(({ uri, before, after }) => {
    const document = closedDocument(uri, before);
    return { uri, edits: lineEdits(before, after).map((edit) => toTextEdit(document, edit)) };
  });
  return { changed, created: result.created, ...(result.doubt && { doubt: say(result.doubt) }) };
}

/**
 * The container at an offset in another format, with notes about it as comments at the top, or the reason why there
 * is none.
 */
function answerFormat(file: FileContext, offset: number, format: FormatName, say: Say): ConvertResult {
  const { uri, text, kind } = file;
  // If the file name does not reveal the kind of the file, its content does.
  const isNamed = kind !== "dockerfile" && kind !== "unknown";
  const result = toFormat({ ...file, kind: isNamed ? kind : kindOf(uri, text) }, offset, format);
  if ("refused" in result) return noEdits(say(result.refused));
  const comments = result.notes.map((note) => `${result.comment} ${say(note)}\n`);
  return { changed: [], created: [], text: comments.join("") + result.text };
}
