import { type Message, message } from "../base/message";
import { type Graded, gradeOf, intended } from "../boot/grade";
import type { ContainerSubject, ImageSubject } from "../project/subject";
import { type Rule, rank, type Severity } from "./rule";

/** How certain it is that systemd boots in a subject; undefined if it does not. */
export function gradeOfSubject(subject: ImageSubject | ContainerSubject): Graded | undefined {
  const starts = "source" in subject ? [subject.source] : subject.containers.map(({ source }) => source);
  return gradeOf(
    subject.boot,
    starts.map(({ spec }) => spec),
  );
}

/**
 * The grade that a finding shows; undefined for a rule about the build. If systemd does not boot in the subject, it
 * is the grade of the subject's image; if there is none, `intended`.
 */
export function shownGrade(
  { buildTime }: Pick<Rule, "buildTime">,
  subject: ImageSubject | ContainerSubject,
): Graded | undefined {
  if (buildTime) return undefined;
  const below = "source" in subject && subject.image ? gradeOf(subject.image.boot, []) : undefined;
  return gradeOfSubject(subject) ?? below ?? intended;
}

/**
 * The severity of a finding, given how certain it is that systemd boots. If a finding depends on an image alone, it
 * is at most a warning until a container confirms it. If only a name or settings suggest systemd, an error becomes a
 * warning, and other findings become information at most. If the init cannot be seen, findings are hints.
 */
export function severityAt(severity: Severity, graded: Graded | undefined): Severity {
  if (!graded || graded.grade === "certain") return severity;
  if (graded.grade === "unseen") return "hint";
  if (graded.grade === "named") return severity === "error" ? "warning" : atMost("information", severity);
  return graded.confirmed ? severity : atMost("warning", severity);
}

/** The less severe of two severities. */
export function atMost(most: Severity, severity: Severity): Severity {
  return rank(severity) < rank(most) ? most : severity;
}

/**
 * The message, made conditional if only a name or settings suggest systemd. Its key is the message's key with the
 * prefix `if.`.
 */
export function saidAt(said: Message, graded: Graded | undefined): Message {
  if (graded?.grade !== "named" && graded?.grade !== "unseen") return said;
  return message(`if.${said.key}`, "If this image boots systemd: {finding}", { ...said.args, finding: said });
}
