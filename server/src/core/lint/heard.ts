import { type Message, message } from "../base/message";
import { type Graded, gradeOf } from "../boot/grade";
import type { ContainerSubject, ImageSubject } from "../project/subject";
import { rank, type Severity } from "./rule";

/** How certain it is that systemd boots in a subject; undefined where it does not. */
export function gradeOfSubject(subject: ImageSubject | ContainerSubject): Graded | undefined {
  const starts = "source" in subject ? [subject.source] : subject.containers.map(({ source }) => source);
  return gradeOf(
    subject.boot,
    starts.map(({ spec }) => spec),
  );
}

/**
 * The severity of a finding where systemd boots with that grade. What is known of an image alone is a warning at
 * most, until a container confirms it. Where a name or settings say so, what never boots is a warning, and all else
 * is information at most. An init that cannot be seen is worth a hint.
 */
export function severityAt(severity: Severity, graded: Graded | undefined): Severity {
  if (!graded || graded.grade === "certain") return severity;
  if (graded.grade === "unseen") return "hint";
  if (graded.grade === "named") return severity === "error" ? "warning" : atMost("information", severity);
  return graded.confirmed ? severity : atMost("warning", severity);
}

function atMost(most: Severity, severity: Severity): Severity {
  return rank(severity) < rank(most) ? most : severity;
}

/** What is said where only a name or settings let systemd be expected. The key keeps the name of the message. */
export function saidAt(said: Message, graded: Graded | undefined): Message {
  if (graded?.grade !== "named" && graded?.grade !== "unseen") return said;
  return message(`if.${said.key}`, "If this image boots systemd: {said}", { ...said.args, said });
}
