import type { Message } from "../../base/message";
import type { StandIn } from "../../container/source";
import type { SpecChange } from "../../container/spec";
import type { ContainerSubject } from "../../project/subject";
import type { Severity, Violation } from "../rule";
import { stepsFix } from "./fixes";
import { imageBoot, onlyForSystemd } from "./replaced-init";

/** Whether the program of a tool takes the place of a systemd that the container is meant to boot. */
export function hidesSystemd(subject: ContainerSubject): boolean {
  const { standIn, spec } = subject.source;
  // With init as its ENTRYPOINT the image starts it whatever the command is.
  if (!standIn || subject.isChanged || subject.boot.boots !== "no") return false;
  return isSetUp(subject) || imageBoot(subject) !== "no" || spec.systemd === "always";
}

/** Whether the container has what only systemd needs, or an image that boots it with the privileges for that. */
function isSetUp(subject: ContainerSubject): boolean {
  const { spec } = subject.source;
  return onlyForSystemd(spec) || (spec.privileged === true && imageBoot(subject) !== "no");
}

/** What is reported of tools that start another program, and the step by which they start init, if there is one. */
interface Replacing {
  readonly tools: readonly StandIn["tool"][];
  readonly step?: SpecChange;
  /** Where the container has what only systemd needs: an error, unless another is stated. */
  readonly certain?: Severity;
  /** Where the container has nothing that only systemd needs. */
  readonly doubtful: Severity;
  /**
   * The message and the title of the fix, from how the file spells the step. A tool that keeps the ENTRYPOINT has a
   * message for images whose ENTRYPOINT is not known: it may be init.
   */
  texts(what: string): { readonly message: Message; readonly unsure?: Message; readonly title?: Message };
}

/** The finding that the program of a tool takes the place of systemd, where it does. */
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
    get fixes() {
      return step && title ? [stepsFix(source, [step], title, false)] : [];
    },
  };
}
