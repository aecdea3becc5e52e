/** The ID of the cause that only quotes the line before the end of PID 1. */
export const unrecognised = "unrecognised";

/** Words that programs use to report errors. */
const failure =
  /\bfail(?:ed|ure)?\b|\bcannot\b|\bcan't\b|\bcould(?:n't| not)\b|\bunable\b|\brefus(?:ed|ing)\b|\bdenied\b|\binvalid\b|\berror\b|\bassertion\b|\bcaught <|\bnot (?:supported|permitted|found|implemented)\b|\bno such\b|\bunsupported\b|\bread-only file system\b|\btoo many\b|\bno space\b|\bout of memory\b|\btimed out\b|\bcorrupt/i;

/** Words that systemd uses when it continues after an error. */
const survived = /\bignoring\b|\bproceeding\b|\bskipping\b|\[ {2}OK {2}\]/i;

const banner = /running in system mode/;

/** The number of lines before the end of PID 1 that are searched, since the cause is shortly before it. */
const reach = 8;

/**
 * The line with the reason why PID 1 failed, if it is not a known line: the last failure before the line at `end`.
 * Lines for which `isKnown` returns true count as explained.
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
    // `[!!!!!!] Failed to do it.` summarizes the preceding line, which has more detail.
    if (!line.includes("[!!!!!!]")) return line;
    summary ??= line;
  }
  return summary;
}
