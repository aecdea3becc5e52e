import { unknown } from "../shell/words";

/** Stands for what is not known. Words of a script that have it are not known either. */
export const hidden = unknown;

/**
 * A text with each stretch from `open` to before what follows `close` hidden behind as many of the characters that
 * `by` gives for its place, so that all else stays where it is. Line endings stay.
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
