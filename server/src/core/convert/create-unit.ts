import { message } from "../base/message";
import { createdFiles, installLines, startingUnits } from "../lint/queries/starting-units";
import type { FileContext } from "../project/subjects";
import { bootingImage, type Changed, refuse, rewritten, type Unchanged, unitTaken } from "./conversion";
import { lineWords } from "./line";

/** Writes a unit that runs a program of the image with the given arguments; the Dockerfile copies and enables it. */
export function createUnit(context: FileContext, program: string): Changed | Unchanged {
  const subject = bootingImage(context);
  if ("refused" in subject) return subject;
  const words = lineWords(program);
  if (words.length === 0) return refuse(message("convert.no-program", "Specify a program in the image."));
  const unit = startingUnits(subject, words);
  const taken = unitTaken(subject, unit);
  if (taken) return taken;
  const changed = rewritten(context, [], installLines(unit), "before-program");
  return "refused" in changed ? changed : { changed, created: createdFiles(subject, unit) };
}
