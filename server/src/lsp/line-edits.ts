import { diffArrays } from "diff";
import type { Edit } from "../core/base/text";

/** The difference between two texts as edits of complete lines, so that cursors elsewhere do not move. */
export function lineEdits(before: string, after: string): Edit[] {
  const edits: Edit[] = [];
  let at = 0;
  let open: { start: number; end: number; text: string } | undefined;
  const close = () => {
    if (open) edits.push({ span: { start: open.start, end: open.end }, text: open.text });
    open = undefined;
  };
  const lines = (text: string) => text.split(/(?<=\n)/);
  for (const { value, added, removed } of diffArrays(lines(before), lines(after))) {
    const text = value.join("");
    if (!added && !removed) {
      close();
      at += text.length;
      continue;
    }
    open ??= { start: at, end: at, text: "" };
    if (added) open.text += text;
    else at = open.end = at + text.length;
  }
  close();
  return edits;
}
