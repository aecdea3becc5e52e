import { type Message, message } from "../base/message";
import { gradeNames } from "../boot/grade";
import type { Finding } from "./rule";
import { rules } from "./rules/index";

/** The meaning of a finding, without text from the file. */
export interface Meaning {
  readonly title: Message;
  /** What happens if the advice in the title is ignored. */
  readonly consequence: Message;
  /** How certain it is that systemd boots; absent if the finding does not depend on it. */
  readonly evidence?: Message;
}

/** The meaning of a finding, taken from its rule; undefined if no rule reported it. */
export function meaningOf({ rule: id, grade, reason }: Finding): Meaning | undefined {
  const rule = rules.find((candidate) => candidate.id === id);
  if (!rule) return undefined;
  const template = "Evidence that systemd boots here: {grade} ({reason}).";
  return {
    title: message(`${id}.title`, rule.title),
    consequence: message("hover.consequence", "If ignored: {consequence}", {
      consequence: message(`${id}.consequence`, rule.consequence),
    }),
    evidence: grade && reason && message("hover.evidence", template, { grade: gradeNames[grade], reason }),
  };
}
