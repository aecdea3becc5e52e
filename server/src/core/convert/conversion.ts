import { type Message, message } from "../base/message";
import type { Edit } from "../base/text";
import { applyEdits } from "../base/text";
import type { Image } from "../image/image";
import { isThere, type StartingUnits } from "../lint/queries/starting-units";
import type { ImageSubject } from "../project/subject";
import { type FileContext, subjectsOf } from "../project/subjects";

/** The changes that a whole-file action makes to the files of a project. */
export interface Changed {
  /** Existing files that change, with their old and new text. */
  readonly changed: readonly { readonly uri: string; readonly before: string; readonly after: string }[];
  /** Files to create. */
  readonly created: readonly { readonly uri: string; readonly text: string }[];
  /** Anything that could not be determined, for the user who reviews the edits. */
  readonly doubt?: Message;
}

/** Why an action changes nothing. */
export interface Unchanged {
  readonly refused: Message;
}

export const refuse = (refused: Message): Unchanged => ({ refused });

/** Why neither a plan nor another format is available. */
export const nothingStarts = message("plan.nothing", "Nothing in this file starts systemd.");

export const invalid = refuse(
  message("convert.invalid", "The Dockerfile is not valid. Fix its errors first."),
);

/** The last stage of a valid Dockerfile. */
export function imageOf(context: FileContext): ImageSubject | undefined {
  const { file, images } = subjectsOf(context);
  return file?.dockerfile && file.problems().length === 0 ? images[0] : undefined;
}

/** The last stage of a Dockerfile that boots systemd, or the reason why the action changes nothing. */
export function bootingImage(context: FileContext): ImageSubject | Unchanged {
  const subject = imageOf(context);
  if (!subject) return invalid;
  return subject.boot.boots === "no" ? notBooting : subject;
}

export const notBooting = refuse(
  message(
    "convert.not-booting",
    "This image does not start systemd. First run the command Make This Image Boot systemd.",
  ),
);

/** The refusal to write a unit whose file already exists; undefined if it can be written. */
export function unitTaken(subject: ImageSubject, unit: StartingUnits): Unchanged | undefined {
  const { file: name } = unit;
  if (name === undefined || !isThere(subject, unit)) return undefined;
  return refuse(message("convert.exists", "{name} already exists. Rename or remove it first.", { name }));
}

/** A Dockerfile with the edits applied and the given lines inserted into its last stage. */
export function rewritten(
  context: FileContext,
  edits: readonly Edit[],
  lines: readonly string[],
  where: Parameters<Image["edit"]["insert"]>[1],
): Changed["changed"] | Unchanged {
  const text = applyEdits(context.text, edits);
  const rest = imageOf({ ...context, text })?.image;
  if (!rest) return invalid;
  const after = applyEdits(text, rest.edit.insert(lines.join("\n"), where));
  return [{ uri: context.uri, before: context.text, after }];
}
