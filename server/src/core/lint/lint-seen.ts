import { format, listed, message } from "../base/message";
import type { BaseImage } from "../image/base-image";
import { seenReference } from "../image/base-images";
import { type LintInput, type LintResult, lint } from "./lint";
import type { Finding } from "./rule";

/**
 * Lints one file like `lint`, but if a finding depends on data from an image that was inspected on the engine, its
 * message names that image. Without data about the image, such a finding is missing or less certain.
 */
export function lintSeen(input: LintInput): LintResult {
  const result = lint(input);
  const { read } = input.snapshot;
  const seen = [...result.asked].filter((uri) => seenReference(uri) !== undefined && read(uri) !== undefined);
  const without = seen.map((uri) => {
    const snapshot = {
      ...input.snapshot,
      read: (asked: string) => (asked === uri ? undefined : read(asked)),
    };
    const others = lint({ ...input, snapshot, withoutFixes: true }).findings;
    return { image: imageIn(read(uri)), claims: new Set(others.map(claimOf)) };
  });
  const named = (finding: Finding): Finding => {
    const images = without.filter(({ claims }) => !claims.has(claimOf(finding))).map(({ image }) => image);
    if (images.length === 0) return finding;
    const { key, args } = finding.message;
    const own = { ...args, finding: finding.message, images: listed(images) };
    return { ...finding, message: message(key, "{finding} Seen in {images}.", own) };
  };
  return seen.length === 0 ? result : { ...result, findings: result.findings.map(named) };
}

function claimOf({ rule, span, severity, message }: Finding): string {
  return JSON.stringify([rule, span.start, severity, format(message)]);
}

/** The name of an inspected image, from the text that describes it. */
function imageIn(text: string | undefined): string {
  const base: BaseImage | undefined = text === undefined ? undefined : JSON.parse(text);
  return base?.seen?.image ?? "";
}
