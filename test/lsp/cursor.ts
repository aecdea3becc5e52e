/** A text with a mark for the cursor, and the position of the mark. */
export function atCursor(marked: string) {
  const offset = marked.indexOf("¦");
  const text = marked.replace("¦", "");
  const before = text.slice(0, offset).split("\n");
  return { text, position: { line: before.length - 1, character: before.at(-1)?.length ?? 0 } };
}
