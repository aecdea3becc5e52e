import { bootSystemd } from "../core/convert/boot-systemd";
import type { FileContext } from "../core/project/subjects";
import type { BootSystemdResult } from "../protocol";
import { closedDocument } from "./closed-document";
import { toTextEdit } from "./convert";
import { lineEdits } from "./line-edits";
import { noEdits } from "./no-answer";
import type { Say } from "./session";

/** The edits that make a Dockerfile boot systemd, or why there are none. */
export function answerBootSystemd(file: FileContext, say: Say): BootSystemdResult {
  const result = bootSystemd(file);
  if ("refused" in result) return noEdits(say(result.refused));
  const { text, created, doubt } = result;
  const document = closedDocument(file.uri, file.text);
  const edits = lineEdits(file.text, text).map((edit) => toTextEdit(document, edit));
  return { edits, created, ...(doubt && { doubt: say(doubt) }) };
}
