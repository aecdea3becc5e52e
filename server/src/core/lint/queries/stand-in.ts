import type { Message } from "../../base/message";
import type { StandIn } from "../../container/source";
import type { SpecChange } from "../../container/spec";
import type { ContainerSubject } from "../../project/subject";
import type { Severity, Violation } from "../rule";
import { stepsFix } from "./fixes";
import { imageBoot, onlyForSystemd, startsNoInit } from "./replaced-init";

/** Whether a tool's program replaces, or might replace, a systemd that the container is meant to boot. */
export function hidesSystemd(subject: ContainerSubject): boolean {
  const { standIn, spec } = subject.source;
  // An image whose ENTRYPOINT is init starts it regardless of the command.
  if (!standIn || subject.isChanged || subject.boot.boots !== "no") return false;
  if (imageStarts(subject) === "other") return false;
  return isSetUp(subject) || imageBoot(subject) !== "no" || spec.systemd === "always";
}

/**
 * What the image starts if no tool replaces its program. Settings that only systemd needs do not prove an init,
 * because engines and clusters in a container use the same ones.
 */
function imageStarts(subject: ContainerSubject): "init" | "other" | "unknown" {
  const { image, base } = subject;
  if (imageBoot(subject) !== "no") return "init";
  if (!image) return base ? "other" : "unknown";
  const { argv, boots } = image.boot;
  if (boots !== "no" || image.image.unreadable) return "unknown";
  const isKnown = argv.length > 0 ? startsNoInit(argv, image) : image.image.base !== undefined;
  return isKnown ? "other" : "unknown";
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
  /**
   * The severity if the container has settings that only systemd needs; an error by default. It is information if the
   * image is unknown.
   */
  readonly certain?: Severity;
  /** The severity if the container has no settings that only systemd needs. */
  readonly doubtful: Severity;
  /**
   * The message, the message for images that might start no init or might start it anyway, and the title of the fix;
   * `what` is the step in the syntax of the file.
   */
  texts(what: string): { readonly message: Message; readonly unsure: Message; readonly title?: Message };
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
  const isKnown = imageStarts(subject) === "init";
  yield {
    span: standIn.span,
    severity: isKnown ? (isSetUp(subject) ? certain : doubtful) : "information",
    message: isKnown ? message : unsure,
    fixes: () => (step && title ? [stepsFix(source, [step], title, false)] : []),
  };
}
