import type { Image } from "../../image/image";
import { isInitPath } from "../../image/init";
import type { ImageSubject } from "../../project/subject";
import { programOf } from "./build-steps";

/** The path under which the image's own program starts init, in whatever form that is written. */
export function initPath({ boot, image }: Pick<ImageSubject, "boot" | "image">): string | undefined {
  const word = boot.argv.find(isInitPath);
  if (word !== undefined || boot.evidence !== "image" || !boot.span) return word;
  const written = image.text.slice(boot.span.start, boot.span.end).match(/[\w./-]+/g);
  return written?.find(isInitPath);
}

/** Says whether a step puts another file or link at a path of init. */
export function makesInitPath({ copies, commands }: Image): boolean {
  if (copies.some(({ destination }) => isInitPath(destination))) return true;
  return commands.some((command) => {
    if (command.redirections.some(({ target }) => isInitPath(target))) return true;
    return /^(ln|cp|mv|install)$/.test(programOf(command)) && isInitPath(command.words.at(-1));
  });
}
