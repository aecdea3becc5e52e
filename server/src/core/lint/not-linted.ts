import { message } from "../base/message";
import { lineAt } from "../base/text";
import type { Finding } from "./rule";

/** The largest file that is linted, in bytes of UTF-8. Larger files are unlikely to be written by hand. */
export const maxFileBytes = 1_000_000;

/** Why a file is not linted: it is too large, or a server did not finish linting it. */
export type NotLinted = "large" | "stalled";

const messages = {
  large: message("not-linted.large", "This file is larger than 1 MB, so it is not linted."),
  stalled: message(
    "not-linted.stalled",
    "Linting this file took longer than 20 s and was stopped. The file will not be linted again until it changes.",
  ),
};

/** Whether a document is too large to be linted. A UTF-16 code unit takes up at most three bytes of UTF-8. */
export function isTooLarge(text: string): boolean {
  if (text.length * 3 <= maxFileBytes) return false;
  return text.length > maxFileBytes || new TextEncoder().encode(text).length > maxFileBytes;
}

/** The result for a file that is not linted: one hint on its first line. */
export function notLinted(text: string, why: NotLinted) {
  const finding: Finding = {
    rule: "not-linted",
    span: lineAt(text, 0),
    subjects: [],
    severity: "hint",
    ownSeverity: "hint",
    message: messages[why],
    fixes: [],
    related: [],
  };
  return {
    findings: [finding],
    asked: new Set<string>(),
    missed: new Set<string>(),
    problems: [],
    failures: [],
    booted: [],
    assumed: [],
  };
}

/** Whether a finding is about the linting itself. Such a finding has no documentation page and cannot be disabled. */
export function isNotice(rule: string): boolean {
  return rule === "unused-ignore" || rule === "not-linted";
}
