import { unknown } from "../shell/words";

/** A placeholder for something unknown. A word of a script that contains it is unknown too. */
export const hidden = unknown;

/**
 * Replaces every character from `open` through `close`, so that the rest of the text keeps its position. `by`
 * receives the offset of `open` and returns the replacement character. Line endings are kept.
 */
export function hideBetween(
  text: string,
  [open, close]: readonly [open: string, close: string],
  by: (start: number) => string,
): string {
  const parts: string[] = [];
  let at = 0;
  for (let start = text.indexOf(open); start !== -1; start = text.indexOf(open, at)) {
    const found = text.indexOf(close, start);
    const end = found === -1 ? text.length : found + close.length;
    parts.push(text.slice(at, start), text.slice(start, end).replace(/[^\r\n]/g, by(start)));
    at = end;
  }
  return [...parts, text.slice(at)].join("");
}
