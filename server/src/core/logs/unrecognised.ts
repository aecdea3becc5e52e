/** The id of the cause that only quotes the line before the end of PID 1. */
export const unrecognised = "unrecognised";

/** Words by which programs say that something went wrong. */
const failure =
  /\bfail(?:ed|ure)?\b|\bcannot\b|\bcan't\b|\bcould(?:n't| not)\b|\bunable\b|\brefus(?:ed|ing)\b|\bdenied\b|\binvalid\b|\berror\b|\bassertion\b|\bcaught <|\bnot (?:supported|permitted|found|implemented)\b|\bno such\b|\bunsupported\b|\bread-only file system\b|\btoo many\b|\bno space\b|\bout of memory\b|\btimed out\b|\bcorrupt/i;

/** By these systemd says that it goes on. */
const survived = /\bignoring\b|\bproceeding\b|\bskipping\b|\[ {2}OK {2}\]/i;

const banner = /running in system mode/;

/** As many lines before the end of PID 1 are looked at: what ended it stands right before. */
const reach = 8;

/**
 * The line that says why PID 1 ended, where it is none of those that are known: the last failure before the line at
 * `end`. What `isKnown` says of a line by its index counts as explained.
 */
export function failureBefore(
  lines: readonly string[],
  end: number,
  isKnown: (index: number) => boolean,
): string | undefined {
  let summary: string | undefined;
  for (let index = end - 1; index >= Math.max(0, end - reach); index--) {
    const line = lines[index] ?? "";
    if (banner.test(line)) break;
    if (isKnown(index) || survived.test(line) || !failure.test(line)) continue;
    // `[!!!!!!] Failed to do it.` sums up the line before, which says more.
    if (!line.includes("[!!!!!!]")) return line;
    summary ??= line;
  }
  return summary;
}
