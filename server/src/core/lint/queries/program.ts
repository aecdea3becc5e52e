import type { Span } from "../../base/text";
import type { Image, Program } from "../../image/image";
import type { ImageSubject } from "../../project/subject";

/** What the image's own file says about starting systemd; findings about what is absent stand here. */
export function programSpan({ boot, image }: Pick<ImageSubject, "boot" | "image">): Span {
  const inImage = boot.evidence === "image" || boot.evidence === "script";
  return (inImage && boot.span) || lastProgram(image)?.span || image.from.argumentsSpan;
}

/** What the last words of the image's argv stand in: CMD, but no shell-form ENTRYPOINT takes arguments. */
export function lastProgram({ cmd, entrypoint }: Image): Program | undefined {
  return entrypoint?.form === "shell" ? entrypoint : (cmd ?? entrypoint);
}
