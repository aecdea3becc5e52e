/** A text as a pattern. In place of a `#` any word may stand: a time, or the rest of a version. */
export function like(text: string): RegExp {
  return new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replaceAll("#", "\\S+"));
}
