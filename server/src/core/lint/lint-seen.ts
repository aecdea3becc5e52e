import { format, listed, message } from "../base/message";
import type { BaseImage } from "../image/base-image";
import { seenReference } from "../image/base-images";
import { type LintInput, type LintResult, lint } from "./lint";
import type { Finding } from "./rule";

/**
 * Lints one file with `judge`, but if a finding depends on what was found in an image on the engine, its message names
 * that image. Without data about the image, such a finding is missing or less certain. A file that names no such image
 * is linted once; any other at least twice.
 */
export function lintSeen<Input extends LintInput>(
  input: Input,
  judge: (input: Input) => LintResult = lint,
): LintResult {
  const result = judge(input);
  const { read } = input.snapshot;
  const seen = [...result.asked].filter((uri) => seenReference(uri) !== undefined && read(uri) !== undefined);
  if (seen.length === 0 || result.findings.length === 0) return result;
  /** What lint reports if the data about some images is hidden. */
  const claimsWithout = (hidden: readonly string[]): ReadonlySet<string> => {
    const snapshot = {
      ...input.snapshot,
      read: (asked: string) => (hidden.includes(asked) ? undefined : read(asked)),
    };
    const { findings } = judge({ ...input, snapshot, hidden, withoutFixes: true });
    return new Set(findings.map(claimOf));
  };
  const claims = claimsWithout(seen);
  const resting = new Set(result.findings.filter((finding) => !claims.has(claimOf(finding))));
  if (resting.size === 0) return result;
  const images = seen.map((uri) => ({
    image: imageIn(read(uri)),
    claims: seen.length === 1 ? claims : claimsWithout([uri]),
  }));
  const named = (finding: Finding) => (resting.has(finding) ? namedIn(finding, images) : finding);
  return { ...result, findings: result.findings.map(named) };
}

/** Adds to the message of a finding the images without which lint would not report it. */
function namedIn(
  finding: Finding,
  images: readonly { readonly image: string; readonly claims: ReadonlySet<string> }[],
): Finding {
  const needed = images.filter(({ claims }) => !claims.has(claimOf(finding))).map(({ image }) => image);
  if (needed.length === 0) return finding;
  const { key, args } = finding.message;
  const own = { ...args, finding: finding.message, images: listed(needed) };
  const named = format(finding.message).endsWith(".")
    ? message(key, "{finding} Based on the contents of {images}.", own)
    : message(key, "{finding}. Based on the contents of {images}.", own);
  return { ...finding, message: named };
}

function claimOf({ rule, span, severity, message }: Finding): string {
  return JSON.stringify([rule, span.start, severity, format(message)]);
}

/** The name of an inspected image, from its description in JSON. */
function imageIn(text: string | undefined): string {
  const base: BaseImage | undefined = text === undefined ? undefined : JSON.parse(text);
  return base?.seen?.image ?? "";
}
