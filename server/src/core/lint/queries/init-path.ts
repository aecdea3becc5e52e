import type { Image } from "../../image/image";
import { isInitPath } from "../../image/init";
import { anyCommand, programOf } from "../../image/programs";
import type { ImageSubject } from "../../project/subject";

/** The path of init in the image's program, in exec form or shell form. */
export function initPath({ boot, image }: Pick<ImageSubject, "boot" | "image">): string | undefined {
  const word = boot.argv.find(isInitPath);
  if (word !== undefined || boot.evidence !== "image" || !boot.span) return word;
  const written = image.text.slice(boot.span.start, boot.span.end).match(/[\w./-]+/g);
  return written?.find(isInitPath);
}

/** Whether a build step puts another file or a link at one of the paths of init. */
export function makesInitPath(image: Image): boolean {
  return image.copies.some(({ destination }) => isInitPath(destination)) || writesInitPath(image);
}

const writesInitPath = anyCommand((command) => {
  if (command.redirections.some(({ target }) => isInitPath(target))) return true;
  return /^(ln|cp|mv|install)$/.test(programOf(command)) && isInitPath(command.words.at(-1));
});
