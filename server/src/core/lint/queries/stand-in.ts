import type { Message } from "../../base/message";
import type { StandIn } from "../../container/source";
import type { SpecChange } from "../../container/spec";
import type { ContainerSubject } from "../../project/subject";
import type { Severity, Violation } from "../rule";
import { stepsFix } from "./fixes";
import { imageBoot, onlyForSystemd } from "./replaced-init";

/** Whether a tool's program replaces a systemd that the container is meant to boot. */
export function hidesSystemd(subject: ContainerSubject): boolean {
  const { standIn, spec } = subject.source;
  // An image whose ENTRYPOINT is init starts it regardless of the command.
  if (!standIn || subject.isChanged || subject.boot.boots !== "no") return false;
  return isSetUp(subject) || imageBoot(subject) !== "no" || spec.systemd === "always";
}

/**
 * Whether the container has settings that only systemd needs, or has both an image that boots systemd and the
 * privileges for it.
 */
export function isSetUp(subject: ContainerSubject): boolean {
  const { spec } = subject.source;
  return onlyForSystemd(spec) || (spec.privileged === true && imageBoot(subject) !== "no");
}

/** What to report for tools that start another program, and the step that makes them start init, if there is one. */
interface Replacing {
  readonly tools: readonly StandIn["tool"][];
  readonly step?: SpecChange;
  /** The severity if the container has settings that only systemd needs; an error by default. */
  readonly certain?: Severity;
  /** The severity if the container has no settings that only systemd needs. */
  readonly doubtful: Severity;
  /**
   * The message and the title of the fix; `what` is the step in the file's syntax. A tool that keeps the ENTRYPOINT
   * has a separate message for images whose ENTRYPOINT is unknown, because that could be init.
   */
  texts(what: string): { readonly message: Message; readonly unsure?: Message; readonly title?: Message };
}

/** Reports that a tool's program replaces systemd, if it does. */
export function* replacedSystemd(
  subject: ContainerSubject,
  { tools, step, certain = "error", doubtful, texts }: Replacing,
): Generator<Violation, void> {
  const { source } = subject;
  const { standIn } = source;
  if (!standIn || !tools.includes(standIn.tool) || !hidesSystemd(subject)) return;
  const { message, unsure, title } = texts(step ? source.toDisplay(step) : "");
  const isKnown = unsure === undefined || subject.image !== undefined || subject.base !== undefined;
  yield {
    span: standIn.span,
    severity: isSetUp(subject) ? (isKnown ? certain : "warning") : doubtful,
    message: isKnown ? message : unsure,
    fixes: () => (step && title ? [stepsFix(source, [step], title, false)] : []),
  };
}
